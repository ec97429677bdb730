namespace Picket.Cli;

/// <summary>How reports name guards.</summary>
internal static class EvalGuards
{
    /// <summary>A name a guard: its own, with its folder's where guards share it, and numbered where even that is shared.</summary>
    public static IReadOnlyList<string> DistinctNames(IReadOnlyList<(string Name, string Directory)> guards)
    {
        string[] names = [.. guards.Select(guard => Shared(guard.Name) ? $"{guard.Name} ({Folder(guard.Directory)})" : guard.Name)];
        return [.. names.Select((name, i) => names.Count(other => other == name) == 1 ? name : $"{name} {NumberOf(i)}")];

        int NumberOf(int i) => names[..(i + 1)].Count(other => other == names[i]);

        bool Shared(string name) => guards.Count(guard => guard.Name == name) > 1;
    }

    private static string Folder(string directory) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)));
}
