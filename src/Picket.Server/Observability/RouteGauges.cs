using System.Diagnostics.Metrics;

namespace Picket.Server;

/// <summary>What the routers of the policies in force send on, among each one's latest inputs.</summary>
internal static class RouteGauges
{
    public static void Add(Meter meter, PolicyBook book)
    {
        meter.CreateObservableGauge(
            "picket.route.share", () => Measure(book, static counts => counts.RecentShare), description: "Share of inputs that goes on to the next guard.");
        meter.CreateObservableGauge(
            "picket.route.drift", () => Measure(book, static counts => counts.Drift), description: "That share less the calibrated one.");
    }

    // A router that was not calibrated has no drift.
    private static IEnumerable<Measurement<double>> Measure(PolicyBook book, Func<RouteCounts, double?> figure) =>
        from policy in book.Current.Routes.Values.OfType<Policy>().DistinctBy(static policy => policy.Name)
        from monitor in policy.Cascade.Routes
        let value = figure(monitor.Read())
        where value is not null
        select new Measurement<double>(
            value.Value,
            new("policy", policy.Name),
            new("tier", GuardTier.NameOf(monitor.Tier, policy.Cascade.Routes.Count + 1)),
            new("router", monitor.Router));
}
