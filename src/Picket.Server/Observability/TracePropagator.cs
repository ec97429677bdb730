using System.Diagnostics;

namespace Picket.Server;

/// <summary>Names a trace to the servers behind this one, and nothing else: .NET's own would pass on whatever baggage a client sends.</summary>
internal sealed class TracePropagator : DistributedContextPropagator
{
    public const string Header = "traceparent";

    public override IReadOnlyCollection<string> Fields => [Header];

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter)
    {
        // HttpClient's own activity stands between, which no collector sees.
        while (activity is not null && activity.Source.Name != ServerMetrics.Name)
        {
            activity = activity.Parent;
        }

        if (activity?.Id is { } id)
        {
            setter?.Invoke(carrier, Header, id);
        }
    }

    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState) =>
        (traceId, traceState) = (null, null);

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;
}
