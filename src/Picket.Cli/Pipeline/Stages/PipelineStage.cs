using Picket.Chat;

namespace Picket.Cli;

/// <summary>One stage of a pipeline: a command with all its words, in a folder of its own that nothing else writes to.</summary>
internal sealed record PipelineStage
{
    /// <summary>The command.</summary>
    public required string Name { get; init; }

    /// <summary>The stage's folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The file or folder that the next stage takes.</summary>
    public required string Result { get; init; }

    /// <summary>The figures, in JSON.</summary>
    public required string Report { get; init; }

    /// <summary>What was set, by key, without what changes nothing of the result.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>Files and folders that are read, those that earlier stages make among them.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Guards that are asked, as <see cref="GuardSource.Places"/> says.</summary>
    public IReadOnlyList<string> Guards { get; init; } = [];

    /// <summary>Whether the folder has everything. It takes its last name only when all is written, so that no kill can come between.</summary>
    public required Func<bool> IsWhole { get; init; }

    /// <summary>What a kill may leave behind after that.</summary>
    public string? Leftover { get; init; }

    /// <summary>Does the work, or goes on with it.</summary>
    public required Func<TextWriter, CancellationToken, Task> RunAsync { get; init; }

    /// <summary>What tells this stage's result from every other: settings, and hashes of all that is read, by name.</summary>
    /// <exception cref="PicketException">A file cannot be read.</exception>
    public async Task<SortedDictionary<string, string>> IdentityAsync(CancellationToken cancellationToken)
    {
        var identity = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string key, string value) in Settings)
        {
            identity[key] = value;
        }

        foreach (string file in Files)
        {
            identity[$"the content of {Named(file)}"] = await StageFiles.HashAsync(file, cancellationToken);
        }

        foreach (string guard in Guards)
        {
            identity[$"the guard {Named(guard)}"] = await GuardSource.IdentityAsync(guard, normalise: true, cancellationToken);
        }

        return identity;
    }

    // A pipeline's folder may be moved.
    private string Named(string place)
    {
        string pipeline = Path.GetDirectoryName(Path.GetFullPath(Folder))!;
        return !RemoteGuards.IsAddress(place) && StageFiles.IsIn(place, pipeline) ? Path.GetRelativePath(pipeline, place) : place;
    }
}
