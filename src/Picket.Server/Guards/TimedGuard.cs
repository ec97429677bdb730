using System.Diagnostics;

namespace Picket.Server;

/// <summary>Notes how long a guard takes, its queue included, for metrics, traces and the request that asks.</summary>
internal sealed class TimedGuard(IGuard inner, string tier, ServerMetrics metrics, TimeProvider clock) : IGuard
{
    public GuardDescription Description => inner.Description;

    public async ValueTask<IReadOnlyList<GuardScore>> ScoreAsync(IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken = default)
    {
        using Activity? span = ServerMetrics.Spans.StartActivity(tier);
        span?.SetTag("picket.inputs", inputs.Count);
        long start = clock.GetTimestamp();
        try
        {
            return await inner.ScoreAsync(inputs, cancellationToken);
        }
        catch (Exception fault)
        {
            // The type alone: a message may quote the text.
            span?.SetStatus(ActivityStatusCode.Error, fault.GetType().Name);
            throw;
        }
        finally
        {
            TimeSpan elapsed = clock.GetElapsedTime(start);
            metrics.Scored(tier, elapsed);
            StageTimes.Current?.Add(tier, elapsed);
        }
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
