using System.CommandLine;

namespace Picket.Cli;

/// <summary>The options that <c>distil</c> and <c>pretrain</c> share, apart from their settings.</summary>
internal sealed class TrainingWords(string data)
{
    public Option<string[]> Data { get; } = Words.Several("--data", "FILE", data);

    public Option<string?> Out { get; } = Words.Text(
        "--out", "DIR", "The result's folder, made when absent; an interrupted training in it is continued. Required.");

    public Option<string?> Report { get; } = Words.Text(
        "--report", "FILE.html", "The page with the curves. Default: training.html in --out, beside training.json.");

    public Option<bool> PrintSettings { get; } = Words.Switch(
        "--print-settings", "Print the settings that these words come to as YAML, for --settings, and do nothing else.");

    /// <summary>What is missing of a training; what is there is looked at before the work begins.</summary>
    public IEnumerable<string> Faults(ParseResult line)
    {
        if (line.GetValue(Data) is not [_, ..])
        {
            yield return "--data: expected at least one file, found none";
        }

        if (line.GetValue(Out) is not { Length: > 0 } folder)
        {
            yield return "--out: expected a folder, found none";
        }
        else if (File.Exists(folder))
        {
            yield return $"--out: expected a folder, found the file {folder}";
        }
    }

    /// <summary>Says of a student or tokenizer that it is not there, before the data are read.</summary>
    public static IEnumerable<string> Missing(params (string Option, string Path)[] paths) => paths
        .Where(static path => path.Path.Length > 0 && !File.Exists(path.Path) && !Directory.Exists(path.Path))
        .Select(static path => $"{path.Option}: no such file or folder: {path.Path}");
}
