namespace Picket;

/// <summary>Leaves every input with the small guard.</summary>
public sealed class NeverRouter : IRouter
{
    /// <inheritdoc/>
    public string Name => "never";

    /// <inheritdoc/>
    public RouteDecision Decide(GuardScore small) => new(Escalate: false, HardProbability: 0);
}
