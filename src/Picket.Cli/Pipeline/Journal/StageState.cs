namespace Picket.Cli;

/// <summary>How a stage stands before it is its turn.</summary>
internal enum StageProgress
{
    /// <summary>It was never begun.</summary>
    New,

    /// <summary>It was begun with the same settings and inputs.</summary>
    Begun,

    /// <summary>It is done.</summary>
    Finished,

    /// <summary>It was begun, perhaps finished, with something else.</summary>
    Changed,
}

/// <summary>How a stage stands, and why.</summary>
/// <param name="Progress">How far it is.</param>
/// <param name="Identity">What it is to be done with.</param>
/// <param name="Differences">What was another thing when it was begun.</param>
internal sealed record StageState(StageProgress Progress, SortedDictionary<string, string> Identity, IReadOnlyList<string> Differences)
{
    private const int LongestShown = 24;

    /// <summary>Compares a stage with what the journal says of it.</summary>
    public static StageState Of(PipelineStage stage, SortedDictionary<string, string> identity, JournalStage? entry)
    {
        if (entry is null)
        {
            return new StageState(StageProgress.New, identity, []);
        }

        string[] differences =
        [
            .. identity.Keys.Union(entry.Identity.Keys).Order(StringComparer.Ordinal)
                .Where(key => identity.GetValueOrDefault(key) != entry.Identity.GetValueOrDefault(key))
                .Select(key => Difference(key, entry.Identity.GetValueOrDefault(key), identity.GetValueOrDefault(key))),
        ];
        return differences.Length > 0 ? new StageState(StageProgress.Changed, identity, differences)
            : new StageState(stage.IsWhole() ? StageProgress.Finished : StageProgress.Begun, identity, []);
    }

    // Hashes are there to differ, not to be read.
    private static string Difference(string key, string? before, string? now) =>
        key.StartsWith("the ", StringComparison.Ordinal) ? $"{key}{(before is null ? " (new)" : now is null ? " (no longer)" : "")}"
            : $"{key} ({Shown(before)} before, {Shown(now)} now)";

    private static string Shown(string? value) => value switch
    {
        null => "not set",
        { Length: > LongestShown } => value[..LongestShown] + "...",
        _ => value,
    };
}
