using System.Collections.Concurrent;
using System.Diagnostics;

namespace Picket.Server.Tests;

/// <summary>Keeps every span of Picket's that ends, those of other tests' servers too: a trace of one's own tells them apart.</summary>
internal sealed class SpanSink : IDisposable
{
    private readonly ConcurrentQueue<Activity> _spans = [];
    private readonly ActivityListener _listener;

    public SpanSink()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => TelemetryExport.Sources.Contains(source.Name),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>A client's trace.</summary>
    public ActivityContext Client { get; } = new(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);

    /// <summary>Its header.</summary>
    public string TraceParent => $"00-{Client.TraceId}-{Client.SpanId}-01";

    /// <summary>The spans of the client's trace, in the order they ended.</summary>
    public Activity[] Trace => [.. _spans.Where(span => span.TraceId == Client.TraceId)];

    /// <summary>Everything that a span says.</summary>
    public string Text => string.Join('\n', _spans.Select(static span =>
        $"{span.DisplayName} {span.StatusDescription} {span.TraceStateString} {string.Join(' ', span.TagObjects)} {string.Join(' ', span.Baggage)} "
        + string.Join(' ', span.Events.Select(static one => $"{one.Name} {string.Join(' ', one.Tags)}"))));

    public void Dispose() => _listener.Dispose();
}
