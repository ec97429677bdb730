using Picket.Models.Routing;

namespace Picket.Server;

/// <summary>The guards of a server, each in its wrappers: canary (count (timing (queue (guard)))).</summary>
internal sealed class ServerGuards : IAsyncDisposable
{
    // N-gram scoring takes microseconds and any number of threads, and a server is asked for each input by itself: neither gains by company.
    private static readonly string[] Unbatched = ["ngram", "remote"];

    private readonly CascadeParts _parts;

    /// <summary>Wraps the guards of <paramref name="parts"/>, which it disposes from then on.</summary>
    public ServerGuards(CascadeParts parts, string canaryToken, QueueOptions queue, ServerMetrics metrics, TimeProvider clock)
    {
        int count = parts.Tiers.Count;
        _parts = parts with { Tiers = [.. parts.Tiers.Select((tier, i) => tier with { Guard = Wrap(tier.Guard, GuardTier.NameOf(i, count)) })] };

        CanaryGuard Wrap(IGuard guard, string tier)
        {
            IGuard queued = Unbatched.Contains(guard.Description.Kind, StringComparer.Ordinal)
                ? guard
                : new BatchingGuard(guard, queue, clock, wait => metrics.Queued(tier, wait));
            return new CanaryGuard(new CountedGuard(new TimedGuard(queued, tier, metrics, clock)), canaryToken);
        }
    }

    /// <summary>In the order in which they are asked, with the routers between them.</summary>
    public IReadOnlyList<CascadeTier> Tiers => _parts.Tiers;

    /// <summary>Unsafe from here on, where a policy says nothing; <see langword="null"/> takes the deciding guard's own.</summary>
    public double? Threshold => _parts.Threshold;

    public ValueTask DisposeAsync() => _parts.DisposeAsync();
}
