namespace Picket;

/// <summary>Sends every input to the large guard.</summary>
public sealed class AlwaysRouter : IRouter
{
    /// <inheritdoc/>
    public string Name => "always";

    /// <inheritdoc/>
    public RouteDecision Decide(GuardScore small) => new(Escalate: true, HardProbability: 1);
}
