namespace Picket;

/// <summary>What becomes of one input.</summary>
/// <param name="Unsafe">Whether the judged text is held to be unsafe.</param>
/// <param name="UnsafeProbability">The deciding guard's probability, or the small guard's where the large one failed.</param>
/// <param name="DecidedBy">The deciding guard's <see cref="GuardDescription.Name"/>.</param>
/// <param name="Route">What the last router that saw the input decided.</param>
/// <param name="Degraded">True when the large guard was wanted and failed or was late, so that the cascade's failure mode decided.</param>
public sealed record Verdict(bool Unsafe, double UnsafeProbability, string DecidedBy, RouteDecision Route, bool Degraded)
{
    /// <summary>The deciding score's window count (<see cref="GuardScore.Windows"/>).</summary>
    public int Windows { get; init; } = 1;

    /// <summary>The deciding guard's place in the cascade, from 0.</summary>
    public int Tier { get; init; }

    /// <summary>What the routers before <see cref="Route"/> decided, in the order of their tiers; empty in a cascade of two guards.</summary>
    public IReadOnlyList<RouteDecision> Earlier { get; init; } = [];

    /// <summary>What the deciding guard names against the text (<see cref="GuardScore.Categories"/>); empty when it names nothing.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];
}
