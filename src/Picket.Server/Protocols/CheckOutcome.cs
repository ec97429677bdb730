namespace Picket.Server;

/// <summary>What was found.</summary>
/// <param name="Policy">The policy that decided.</param>
/// <param name="Verdicts">One an input, in their order.</param>
/// <param name="Times">Where the time went.</param>
internal sealed record CheckOutcome(Policy Policy, IReadOnlyList<Verdict> Verdicts, StageTimes Times)
{
    /// <summary>Whether the text of a verdict is to be held back: in shadow mode none is.</summary>
    public bool Blocks(Verdict verdict) => verdict.Unsafe && !Policy.Options.Shadow;

    /// <summary>Whether any is.</summary>
    public bool BlocksAny => Verdicts.Any(Blocks);
}
