namespace Picket.Training.Augmentation;

/// <summary>Counts what becomes of drafts.</summary>
internal sealed class DraftTally
{
    private readonly SortedDictionary<string, int> _dropped = new(StringComparer.Ordinal);
    private int _answers;
    private int _kept;

    /// <summary>One more draft.</summary>
    /// <param name="dropped">Why it is dropped; <see langword="null"/> where it is kept.</param>
    public void Add(string? dropped)
    {
        _answers += dropped == DropRules.Failed ? 0 : 1;
        _kept += dropped is null ? 1 : 0;
        if (dropped is not null)
        {
            AnswerTally.Increment(_dropped, dropped);
        }
    }

    public GenerationCounts Counts() => new()
    {
        Answers = _answers,
        Empty = _dropped.GetValueOrDefault(DropRules.Empty),
        Refused = _dropped.GetValueOrDefault(DropRules.Refusal),
        Unreadable = _dropped.GetValueOrDefault(DropRules.Unreadable),
        Dropped = new SortedDictionary<string, int>(
            _dropped.Where(static pair => pair.Key is not (DropRules.Empty or DropRules.Refusal or DropRules.Unreadable)).ToDictionary(),
            StringComparer.Ordinal),
        Kept = _kept,
    };
}
