namespace Picket.Server;

/// <summary>The two places in a cascade, as metrics and answers call them.</summary>
internal static class GuardTier
{
    public const string Small = "small";

    public const string Large = "large";

    /// <summary>The tier that decided.</summary>
    public static string Of(Verdict verdict) => verdict is { Route.Escalate: true, Degraded: false } ? Large : Small;
}
