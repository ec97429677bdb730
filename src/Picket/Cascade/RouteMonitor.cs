namespace Picket;

/// <summary>What a cascade's router has decided so far, and over its last inputs. Safe to read and write from several threads at once.</summary>
public sealed class RouteMonitor
{
    private readonly Lock _gate = new();
    private readonly bool[] _recent;
    private long _decisions;
    private long _escalations;
    private long _outOfRegion;
    private long _capped;
    private int _recentEscalations;

    internal RouteMonitor(string router, int tier, double? calibratedShare, int window)
    {
        Router = router;
        Tier = tier;
        CalibratedShare = calibratedShare;
        _recent = new bool[window];
    }

    /// <summary>The router's name.</summary>
    public string Router { get; }

    /// <summary>The tier whose scores it reads, from 0.</summary>
    public int Tier { get; }

    /// <summary>The share it was calibrated to; <see langword="null"/> when it was not.</summary>
    public double? CalibratedShare { get; }

    /// <summary>The counts at this moment.</summary>
    public RouteCounts Read()
    {
        lock (_gate)
        {
            int recent = (int)Math.Min(_decisions, _recent.Length);
            return new RouteCounts(_decisions, _escalations, _outOfRegion, _capped, recent, _recentEscalations) { CalibratedShare = CalibratedShare };
        }
    }

    internal void Add(in RouteDecision decision)
    {
        lock (_gate)
        {
            ref bool place = ref _recent[_decisions % _recent.Length];
            _recentEscalations += (decision.Escalate ? 1 : 0) - (place ? 1 : 0);
            place = decision.Escalate;
            _decisions++;
            _escalations += decision.Escalate ? 1 : 0;
            _outOfRegion += decision.Reason == RouteReason.OutOfRegion ? 1 : 0;
            _capped += decision.Reason == RouteReason.Capped ? 1 : 0;
        }
    }
}

/// <summary>Counts of a <see cref="RouteMonitor"/>.</summary>
/// <param name="Decisions">Inputs that were decided.</param>
/// <param name="Escalations">Those that went on.</param>
/// <param name="OutOfRegion">Those that went on because their features were far from the router's training data.</param>
/// <param name="Capped">Those that were held back by the cap.</param>
/// <param name="RecentDecisions">The last inputs, at most <see cref="GuardCascadeOptions.MonitorWindow"/>.</param>
/// <param name="RecentEscalations">Those of them that went on.</param>
public readonly record struct RouteCounts(
    long Decisions, long Escalations, long OutOfRegion, long Capped, int RecentDecisions, int RecentEscalations)
{
    /// <summary>The share the router was calibrated to; <see langword="null"/> when it was not.</summary>
    public double? CalibratedShare { get; init; }

    /// <summary>The share of all inputs that went on; 0 before the first.</summary>
    public double Share => Decisions == 0 ? 0 : (double)Escalations / Decisions;

    /// <summary>The share of the last inputs that went on; 0 before the first.</summary>
    public double RecentShare => RecentDecisions == 0 ? 0 : (double)RecentEscalations / RecentDecisions;

    /// <summary><see cref="RecentShare"/> less <see cref="CalibratedShare"/>; <see langword="null"/> without inputs or calibration.</summary>
    public double? Drift => RecentDecisions == 0 ? null : RecentShare - CalibratedShare;

    /// <summary>
    /// <see cref="Drift"/> in standard errors of as many independent inputs, sqrt(c (1 - c) / n): beyond ±3 the inputs are hardly those the
    /// threshold was calibrated on. <see langword="null"/> where there is no drift or the calibrated share is 0 or 1.
    /// </summary>
    public double? DriftErrors => CalibratedShare is > 0 and < 1 and { } share && Drift is { } drift
        ? drift / Math.Sqrt(share * (1 - share) / RecentDecisions)
        : null;
}
