namespace Picket.Chat;

/// <summary>Adds up the findings of one text.</summary>
internal sealed class PartTally(GuardedPart part)
{
    /// <summary>What was found so far.</summary>
    public PartVerdict Verdict { get; private set; } = new(part, Unsafe: false, Verdict: null);

    /// <summary>Counts one more window.</summary>
    public void Add(Finding finding) => Verdict = Verdict with
    {
        Unsafe = Verdict.Unsafe || finding.Unsafe,
        Verdict = Worse(Verdict.Verdict, finding.Verdict),
        Windows = Verdict.Windows + (finding.Verdict is null ? 0 : 1),
        Degraded = Verdict.Degraded + (finding.Verdict is { Degraded: true } ? 1 : 0),
        Bypassed = Verdict.Bypassed + (finding is { Verdict: null, Unsafe: false } ? 1 : 0),
        Fault = finding.Fault ?? Verdict.Fault,
    };

    private static Verdict? Worse(Verdict? first, Verdict? second) =>
        first is null ? second
        : second is null || first.Unsafe ? first
        : second.Unsafe || second.UnsafeProbability > first.UnsafeProbability ? second
        : first;
}
