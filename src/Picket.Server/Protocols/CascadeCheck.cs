using Picket.Chat;

namespace Picket.Server;

/// <summary>Asks a policy's cascade, and counts and logs what it says.</summary>
internal sealed class CascadeCheck(ServerMetrics metrics, ILogger<CascadeCheck> log)
{
    /// <summary>Judges <paramref name="inputs"/>.</summary>
    /// <exception cref="PicketException">A guard gave no usable answer, and nothing stands in for it.</exception>
    public static async ValueTask<CheckOutcome> RunAsync(
        Policy policy, IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken)
    {
        var times = new StageTimes();
        StageTimes.Current = times;
        return new CheckOutcome(policy, await policy.Cascade.CheckAsync(inputs, cancellationToken), times);
    }

    /// <summary>Counts and logs what was found in a call of a model, one verdict a text.</summary>
    public void Count(string route, Policy policy, ChatVerdict found)
    {
        int degraded = 0;
        foreach (PartVerdict part in found.Parts)
        {
            degraded += part.Degraded;
            if (part.Verdict is { } verdict)
            {
                metrics.Judged(route, verdict, verdict.Unsafe && !found.Shadow);
            }
        }

        CountBypasses(route, policy, degraded, found.Parts.Sum(static part => part.Windows));
        if (found.Bypassed > 0)
        {
            metrics.Unjudged(route, found.Bypassed);
            Journal.Unjudged(log, route, found.Bypassed, policy.Name);
        }
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

        CountBypasses(route, outcome.Policy, bypassed, outcome.Verdicts.Count);
    }

    private void CountBypasses(string route, Policy policy, int bypassed, int verdicts)
    {
        if (bypassed > 0)
        {
            LargeGuardFailure mode = policy.Options.LargeGuardFailure;
            metrics.Bypassed(route, mode, bypassed);
            Journal.Bypassed(log, route, bypassed, verdicts, mode, policy.Name);
        }
    }
}
