namespace Picket.Cli;

/// <summary>The files an evaluation reads, and the names its report gives them.</summary>
internal static class EvalData
{
    private static readonly string[] Extensions = [".jsonl", ".ndjson", ".json", ".csv", ".tsv"];

    /// <summary>Every file named, and the data files of every folder named, in ordinal order; a file named twice counts once.</summary>
    /// <exception cref="PicketException">There is no such file, or a folder holds no data.</exception>
    public static IReadOnlyList<string> Expand(IEnumerable<string> arguments) =>
        [.. arguments.SelectMany(FilesOf).DistinctBy(Path.GetFullPath)];

    /// <summary>A short name a file: without folder and extension where that tells the files apart, and ever longer where not.</summary>
    public static IReadOnlyList<string> Names(IReadOnlyList<string> files)
    {
        Func<string, string>[] spellings = [Stem, Path.GetFileName!, WithFolder];
        foreach (Func<string, string> spelling in spellings)
        {
            string[] names = [.. files.Select(spelling)];
            if (names.Distinct(StringComparer.Ordinal).Count() == names.Length)
            {
                return names;
            }
        }

        return files;
    }

    private static IEnumerable<string> FilesOf(string argument)
    {
        if (File.Exists(argument))
        {
            return [argument];
        }

        if (!Directory.Exists(argument))
        {
            throw new PicketException($"{argument}: no such file");
        }

        string[] files = [.. Directory.EnumerateFiles(argument).Where(IsData).Order(StringComparer.Ordinal)];
        return files.Length > 0
            ? files
            : throw new PicketException($"{argument}: expected files ending in {string.Join(", ", Extensions)} (or with .gz), found none");
    }

    private static bool IsData(string file) =>
        !Path.GetFileName(file).StartsWith('.') && Extensions.Contains(Path.GetExtension(WithoutGzip(file)), StringComparer.OrdinalIgnoreCase);

    private static string WithFolder(string file) => $"{Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file)))}/{Path.GetFileName(file)}";

    private static string Stem(string file) => Path.GetFileNameWithoutExtension(WithoutGzip(file));

    private static string WithoutGzip(string file) => file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file[..^3] : file;
}
