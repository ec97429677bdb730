using System.Diagnostics;

namespace Picket.Server;

/// <summary>Asks a policy's cascade, and counts and logs what it says.</summary>
internal sealed class CascadeCheck(ServerMetrics metrics, ILogger<CascadeCheck> log)
{
    /// <summary>Judges <paramref name="inputs"/>.</summary>
    /// <exception cref="PicketException">A guard gave no usable answer, and nothing stands in for it.</exception>
    public static async ValueTask<CheckOutcome> RunAsync(
        string route, Policy policy, IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken)
    {
        using Activity? span = ServerMetrics.Spans.StartActivity("route");
        span?.SetTag("picket.route", route);
        var times = new StageTimes();
        StageTimes.Current = times;
        return new CheckOutcome(policy, await policy.Cascade.CheckAsync(inputs, cancellationToken), times);
    }

    /// <summary>Counts and logs the verdicts of a request.</summary>
    public void Count(string route, CheckOutcome outcome)
    {
        int bypassed = 0;
        foreach (Verdict verdict in outcome.Verdicts)
        {
            metrics.Judged(route, verdict, outcome.Blocks(verdict));
            bypassed += verdict.Degraded ? 1 : 0;
        }

        if (bypassed > 0)
        {
            LargeGuardFailure mode = outcome.Policy.Options.LargeGuardFailure;
            metrics.Bypassed(route, mode, bypassed);
            Journal.Bypassed(log, route, bypassed, outcome.Verdicts.Count, mode, outcome.Policy.Name);
        }
    }
}
