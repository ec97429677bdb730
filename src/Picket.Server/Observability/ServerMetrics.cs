using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Picket.Server;

/// <summary>The server's instruments. Tags are names of the configuration, never of a request.</summary>
internal sealed class ServerMetrics
{
    /// <summary>The meter's and the activity source's name.</summary>
    public const string Name = "Picket.Server";

    /// <summary>One span a stage.</summary>
    public static readonly ActivitySource Spans = new(Name);

    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    };

    private readonly Counter<long> _requests;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _verdicts;
    private readonly Counter<long> _bypasses;
    private readonly Histogram<double> _guard;
    private readonly Histogram<double> _queue;
    private readonly Histogram<double> _upstream;
    private readonly Counter<long> _reloads;
    private readonly Counter<long> _lost;

    public ServerMetrics(IMeterFactory meters)
    {
        Meter meter = meters.Create(Name);
        Scope = meter.Scope;
        _requests = meter.CreateCounter<long>("picket.requests", "{request}", "Requests that were answered.");
        _duration = meter.CreateHistogram("picket.request.duration", "s", "Time of a request.", tags: null, Seconds);
        _refusals = meter.CreateCounter<long>("picket.refusals", "{request}", "Requests that got no answer, by the fault's code.");
        _verdicts = meter.CreateCounter<long>("picket.verdicts", "{verdict}", "Verdicts by route, tier and outcome.");
        _bypasses = meter.CreateCounter<long>("picket.bypasses", "{verdict}", "Verdicts for which the large guard was wanted and gave none.");
        _guard = meter.CreateHistogram("picket.guard.duration", "s", "Time of a guard's call, its queue included.", tags: null, Seconds);
        _queue = meter.CreateHistogram("picket.queue.duration", "s", "Time an input waited for its guard.", tags: null, Seconds);
        _upstream = meter.CreateHistogram(
            "picket.upstream.duration", "s", "Time until the upstream began to answer.", tags: null, Seconds);
        _reloads = meter.CreateCounter<long>("picket.policy.reloads", "{reload}", "Reloads of the policies.");
        _lost = meter.CreateCounter<long>("picket.log.lost", "{line}", "Log lines that could not be written.");
        Meter = meter;
    }

    /// <summary>Tells this server's meter from another's in the same process.</summary>
    public object? Scope { get; }

    private Meter Meter { get; }

    /// <summary>Shows the tokens that <paramref name="gate"/> has let in and the policies in force.</summary>
    public void Watch(LoadGate gate, PolicyBook book)
    {
        Meter.CreateObservableGauge("picket.queue.tokens", () => gate.Tokens, "{token}", "Tokens of the requests that wait or run.");
        Meter.CreateObservableGauge(
            "picket.policy.info", () => new Measurement<long>(1, Tag("version", book.Current.Version)), description: "The policies in force.");
        RouteGauges.Add(Meter, book);
    }

    public void Answered(string route, int status, string? key, TimeSpan elapsed)
    {
        _requests.Add(1, Tag("route", route), Tag("status", status), Tag("key", key ?? ""));
        _duration.Record(elapsed.TotalSeconds, Tag("route", route));
    }

    public void Refused(string route, string code) => _refusals.Add(1, Tag("route", route), Tag("code", code));

    public void Judged(string route, Verdict verdict, bool blocked) => _verdicts.Add(
        1,
        Tag("route", route),
        Tag("tier", GuardTier.Of(verdict)),
        Tag("outcome", blocked ? "blocked" : verdict.Unsafe ? "shadowed" : "safe"));

    public void Bypassed(string route, LargeGuardFailure mode, int count) => _bypasses.Add(count, Tag("route", route), Tag("mode", mode.ToString()));

    public void Unjudged(string route, int count) => _bypasses.Add(count, Tag("route", route), Tag("mode", "Shadow"));

    /// <summary>How long the upstream took until it began to answer.</summary>
    public void Asked(string route, TimeSpan elapsed) => _upstream.Record(elapsed.TotalSeconds, Tag("route", route));

    public void Scored(string tier, TimeSpan elapsed) => _guard.Record(elapsed.TotalSeconds, Tag("tier", tier));

    public void Queued(string tier, TimeSpan wait) => _queue.Record(wait.TotalSeconds, Tag("tier", tier));

    public void Reloaded(bool inForce) => _reloads.Add(1, Tag("result", inForce ? "in_force" : "refused"));

    public void LogLost() => _lost.Add(1);

    private static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);
}
