namespace Picket.Server;

/// <summary>Proves that each route blocks, before its policies come in force.</summary>
internal sealed class CanaryRun(IEnumerable<ICanaryRoute> routes, CanaryToken token, ILogger<CanaryRun> log)
{
    private readonly ICanaryRoute[] _routes = [.. routes];

    /// <summary>What does not block; none when all do. A route in shadow mode must find and need not block, and is logged.</summary>
    public async Task<IReadOnlyList<string>> FaultsAsync(PolicySet policies, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        foreach (ICanaryRoute route in _routes)
        {
            if (policies.For(route.Route) is not { } policy)
            {
                Journal.Off(log, route.Route);
                continue;
            }

            (bool found, bool blocked) = await route.TryAsync(policy, token.Value, cancellationToken);
            if (policy.Options.Shadow)
            {
                Journal.Shadow(log, route.Route, policy.Name);
            }

            if (!found || blocked == policy.Options.Shadow)
            {
                string threshold = policy.Options.Threshold is { } own ? $", threshold {own}" : "";
                string expected = policy.Options.Shadow ? "found unsafe and let through" : "blocked";
                faults.Add($"route {route.Route}: policy {policy.Name}{threshold}: expected a text of probability {CanaryGuard.Probability} to be "
                    + $"{expected}, found it {(found ? "unsafe" : "safe")} and {(blocked ? "blocked" : "let through")}");
            }
        }

        return faults;
    }
}

/// <summary>The canary's random token.</summary>
internal sealed record CanaryToken(string Value);
