namespace Picket;

/// <summary>Decides which inputs the large guard sees. Pure and cheap: it reads nothing but the small guard's score.</summary>
public interface IRouter
{
    /// <summary>The name that configuration and reports use.</summary>
    string Name { get; }

    /// <summary>Decides for one input.</summary>
    RouteDecision Decide(GuardScore small);
}

/// <summary>A router's decision.</summary>
/// <param name="Escalate">Whether the large guard is asked.</param>
/// <param name="HardProbability">How likely the router holds it, in [0, 1], that the input is hard for the small guard.</param>
public readonly record struct RouteDecision(bool Escalate, double HardProbability);
