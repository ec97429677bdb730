namespace Picket.Cli;

/// <summary>Spells what routers decided.</summary>
internal static class RouteText
{
    /// <summary>Every decision on the way of an input, in the order of the tiers; none where there was no router.</summary>
    public static IEnumerable<RouteDecision> Routes(Verdict verdict) =>
        verdict.Earlier.Append(verdict.Route).Where(static route => route.Router is not null);

    public static string Reason(RouteReason reason) => reason switch
    {
        RouteReason.OutOfRegion => "out-of-region",
        RouteReason.Capped => "capped",
        _ => "router",
    };

    /// <summary>One line without its end.</summary>
    public static string Line(RouteDecision route)
    {
        string spread = route.Spread > 0 ? $" ± {route.Spread:0.000}" : "";
        string compared = $"hardness {route.HardProbability:0.000}{spread}, threshold {route.Threshold:0.000}";
        string why = route.Reason switch
        {
            RouteReason.OutOfRegion => "far from what the router learned from: goes on whatever the hardness is",
            RouteReason.Capped => "wanted to go on; held back by the cap on the share",
            _ => route.Escalate ? "harder than the threshold: goes on" : "not harder than the threshold: stays",
        };
        return $"guard {route.Tier + 1}, router {route.Router}: {compared}; {why}";
    }
}
