namespace Picket.Cli;

/// <summary>A cascade where a guard is asked for: its verdicts, with the order that their probabilities give them.</summary>
internal sealed class CascadeGuard(GuardCascade cascade) : IGuard
{
    /// <summary>What <c>--guard</c> calls it.</summary>
    public const string Name = "cascade";

    public GuardDescription Description { get; } = new(Name, Name);

    public async ValueTask<IReadOnlyList<GuardScore>> ScoreAsync(IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken = default) =>
        [.. (await cascade.CheckAsync(inputs, cancellationToken)).Select(static verdict => new GuardScore(Placed(verdict)))];

    public ValueTask DisposeAsync() => cascade.DisposeAsync();

    // Its guards have thresholds of their own: each verdict is put on its side of one half, in the order of the probabilities on that side.
    private static double Placed(Verdict verdict) => verdict.Unsafe ? 0.5 + (verdict.UnsafeProbability / 2) : 0.4999999 * verdict.UnsafeProbability;
}
