namespace Picket.Cli;

/// <summary>How reports name guards.</summary>
internal static class EvalGuards
{
    /// <summary>A name a guard: its own, with its folder's where guards share it, and numbered where even that is shared.</summary>
    public static IReadOnlyList<string> DistinctNames(IReadOnlyList<(string Name, string? Directory)> guards)
    {
        string[] names =
        [
            .. guards.Select(guard => guards.Count(other => other.Name == guard.Name) == 1 ? guard.Name : $"{guard.Name} ({Folder(guard.Directory)})"),
        ];
        return [.. names.Select((name, i) => names.Count(other => other == name) == 1 ? name : $"{name} {names.Take(i + 1).Count(other => other == name)}")];
    }

    private static string Folder(string? directory) =>
        directory is null ? "default" : Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)));
}
