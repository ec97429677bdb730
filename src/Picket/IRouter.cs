namespace Picket;

/// <summary>Decides which inputs the next guard of a cascade sees. Pure and cheap: it reads nothing but the score of the guard before it.</summary>
public interface IRouter
{
    /// <summary>The name that configuration and reports use.</summary>
    string Name { get; }

    /// <summary>Floats that a score's features must have for this router; 0 (the default) when it reads none.</summary>
    int FeatureWidth => 0;

    /// <summary>The share of inputs that it was calibrated to escalate, in [0, 1]; <see langword="null"/> (the default) when it was not.</summary>
    double? CalibratedShare => null;

    /// <summary>Decides for one input.</summary>
    RouteDecision Decide(GuardScore small);
}

/// <summary>A router's decision.</summary>
/// <param name="Escalate">Whether the next guard is asked.</param>
/// <param name="HardProbability">How likely the router holds it, in [0, 1], that the input is hard for the guard before it.</param>
public readonly record struct RouteDecision(bool Escalate, double HardProbability)
{
    /// <summary>What <see cref="HardProbability"/> has to exceed for an escalation; 0 where the router has no threshold.</summary>
    public double Threshold { get; init; }

    /// <summary>
    /// The standard deviation of the hard probability over the Monte-Carlo samples of a Bayesian router; 0 where there is one sample or none.
    /// </summary>
    public double Spread { get; init; }

    /// <summary>What the decision rests on.</summary>
    public RouteReason Reason { get; init; }

    /// <summary>The router's <see cref="IRouter.Name"/>; a cascade fills it in.</summary>
    public string? Router { get; init; }

    /// <summary>The tier whose score was read, from 0; a cascade fills it in.</summary>
    public int Tier { get; init; }
}

/// <summary>What a <see cref="RouteDecision"/> rests on.</summary>
public enum RouteReason
{
    /// <summary>Hard probability against threshold.</summary>
    Router,

    /// <summary>The features are far from those the router learned from, or are none that it can read: escalated whatever the router says.</summary>
    OutOfRegion,

    /// <summary>The router wanted to escalate; the cap on the share of escalations was reached by harder inputs.</summary>
    Capped,
}
