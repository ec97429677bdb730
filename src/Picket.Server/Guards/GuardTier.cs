namespace Picket.Server;

/// <summary>The places in a cascade, as metrics and answers call them: small, tier-2, tier-3 and so on, large.</summary>
internal static class GuardTier
{
    public const string Small = "small";

    public const string Large = "large";

    /// <summary>The name of a tier.</summary>
    /// <param name="place">From 0.</param>
    /// <param name="tiers">How many there are.</param>
    public static string NameOf(int place, int tiers) => place == 0 ? Small : place == tiers - 1 ? Large : Middle(place);

    /// <summary>The tier that decided: the last one has no router, so the last route is that of a tier before it.</summary>
    public static string Of(Verdict verdict) =>
        verdict.Tier == 0 ? Small : verdict.Route.Tier < verdict.Tier ? Large : Middle(verdict.Tier);

    private static string Middle(int place) => $"tier-{place + 1}";
}
