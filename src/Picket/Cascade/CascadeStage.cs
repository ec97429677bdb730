using System.Diagnostics;

namespace Picket;

/// <summary>A tier at work: its guard, its router where there is a next tier, and what they have decided.</summary>
internal sealed class CascadeStage
{
    private readonly IRouter? _router;
    private readonly CapWindow? _cap;
    private readonly Lock _gate = new();

    private readonly VerdictRule _rule;

    public CascadeStage(CascadeTier tier, int place, bool last, VerdictRule rule, GuardCascadeOptions options)
    {
        _rule = rule;
        Guard = tier.Guard;
        Failure = tier.Failure ?? options.LargeGuardFailure;
        Timeout = tier.Timeout ?? options.LargeGuardTimeout;
        Place = place;
        if (!last)
        {
            _router = tier.Router ?? new EntropyRouter();
            _cap = tier.Cap is { } cap ? new CapWindow(cap) : null;
            Monitor = new RouteMonitor(_router.Name, place, _router.CalibratedShare, options.MonitorWindow);
        }
    }

    public IGuard Guard { get; }

    public LargeGuardFailure Failure { get; }

    public TimeSpan? Timeout { get; }

    public int Place { get; }

    /// <summary><see langword="null"/> for the last tier, which decides all that it sees.</summary>
    public RouteMonitor? Monitor { get; }

    /// <summary>Fills in the verdict of each scored input and returns the places of those that go on.</summary>
    /// <param name="scores">One for each place.</param>
    /// <param name="places">The inputs that were scored; <see langword="null"/> for all.</param>
    /// <param name="verdicts">Holds what the tier before this one said, where there is one.</param>
    public List<int>? Decide(IReadOnlyList<GuardScore> scores, List<int>? places, Verdict[] verdicts)
    {
        using Activity? span = _router is null ? null : CascadeSpans.Source.StartActivity("route");
        RouteDecision[]? held = _cap is null ? null : Held(scores);
        List<int>? hard = null;
        for (int j = 0; j < scores.Count; j++)
        {
            int place = places?[j] ?? j;
            if (_router is null)
            {
                verdicts[place] = _rule.Last(this, scores[j], verdicts[place]);
                continue;
            }

            RouteDecision decision = held?[j] ?? Decide(scores[j]);
            Monitor!.Add(decision);
            verdicts[place] = _rule.Routed(this, scores[j], verdicts[place], decision);
            if (decision.Escalate)
            {
                (hard ??= []).Add(place);
            }
        }

        span?.SetTag("picket.inputs", scores.Count).SetTag("picket.escalated", hard?.Count ?? 0);
        return hard;
    }

    private RouteDecision Decide(GuardScore score) => _router!.Decide(score) with { Router = _router.Name, Tier = Place };

    private RouteDecision[] Held(IReadOnlyList<GuardScore> scores)
    {
        RouteDecision[] decisions = [.. scores.Select(Decide)];
        lock (_gate)
        {
            _cap!.Apply(decisions);
        }

        return decisions;
    }
}
