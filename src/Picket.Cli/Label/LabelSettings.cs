using Picket.Training.Labelling;

namespace Picket.Cli;

/// <summary>What the words of a <c>picket label</c> come to.</summary>
internal sealed record LabelSettings
{
    /// <summary>The rows.</summary>
    public required string Input { get; init; }

    /// <summary>The labelled rows.</summary>
    public required string Output { get; init; }

    /// <summary>The teacher, as <c>--guard</c> names it.</summary>
    public required string Guard { get; init; }

    public bool Normalise { get; init; } = true;

    /// <summary>Files for the disagreement report, each JSON or a page by its ending.</summary>
    public IReadOnlyList<string> Reports { get; init; } = [];

    public LabellerOptions Labelling { get; init; } = new();

    /// <summary>Whether a report of this name is a page.</summary>
    public static bool IsPage(string report) =>
        report.EndsWith(".html", StringComparison.OrdinalIgnoreCase) || report.EndsWith(".htm", StringComparison.OrdinalIgnoreCase);

    /// <summary>What is out of range or does not go together; none when all is well.</summary>
    public IEnumerable<string> Faults()
    {
        foreach (string fault in GuardOptions.FaultsOf(Labelling.Threshold))
        {
            yield return fault;
        }

        if (Labelling.BatchSize is < 1 or > 65_536)
        {
            yield return $"--batch: expected 1 to 65536, found {Labelling.BatchSize}";
        }

        if (Labelling.Parallelism is < 1 or > 1024)
        {
            yield return $"--threads: expected 0 to 1024, found {Labelling.Parallelism}";
        }

        if (Labelling.SurprisingRows is < 0 or > 10_000)
        {
            yield return $"--surprising: expected 0 to 10000, found {Labelling.SurprisingRows}";
        }

        foreach (string report in Reports.Where(report => !IsPage(report) && !report.EndsWith(".json", StringComparison.OrdinalIgnoreCase)))
        {
            yield return $"--report: expected a name that ends in .json or .html, found {report}";
        }

        (string What, string Path)[] files =
            [("FILE", Input), ("--out", Output), ("--out's journal", Labeller.JournalOf(Output)), .. Reports.Select(report => ("--report", report))];
        foreach (IGrouping<string, (string What, string Path)> same in files.GroupBy(file => Target(file.Path)).Where(same => same.Count() > 1))
        {
            yield return $"{string.Join(" and ", same.Select(file => file.What))}: expected different files, found one: {same.First().Path}";
        }
    }

    /// <summary>The file itself, links followed.</summary>
    private static string Target(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Path.GetFullPath(path);
        }
    }
}
