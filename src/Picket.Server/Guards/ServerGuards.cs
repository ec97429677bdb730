namespace Picket.Server;

/// <summary>The guards of a server, each in its wrappers: canary (count (timing (queue (guard)))).</summary>
internal sealed class ServerGuards : IAsyncDisposable
{
    // N-gram scoring takes microseconds and any number of threads, and a server is asked for each input by itself: neither gains by company.
    private static readonly string[] Unbatched = ["ngram", "remote"];

    /// <summary>Wraps <paramref name="small"/> and <paramref name="large"/>, which it disposes from then on.</summary>
    public ServerGuards(IGuard small, IGuard? large, string canaryToken, QueueOptions queue, ServerMetrics metrics, TimeProvider clock)
    {
        Small = Wrap(small, GuardTier.Small);
        Large = large is null ? null : Wrap(large, GuardTier.Large);

        CanaryGuard Wrap(IGuard guard, string tier)
        {
            IGuard queued = Unbatched.Contains(guard.Description.Kind, StringComparer.Ordinal)
                ? guard
                : new BatchingGuard(guard, queue, clock, wait => metrics.Queued(tier, wait));
            return new CanaryGuard(new CountedGuard(new TimedGuard(queued, tier, metrics, clock)), canaryToken);
        }
    }

    public IGuard Small { get; }

    public IGuard? Large { get; }

    public async ValueTask DisposeAsync()
    {
        await Small.DisposeAsync();
        await (Large?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
