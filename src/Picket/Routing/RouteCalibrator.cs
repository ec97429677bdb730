namespace Picket;

/// <summary>
/// Chooses a router's threshold with a finite-sample guarantee. The thresholds are tested one after another from the safe end, each against the
/// exact tail of its count, and the last one before the first failure is taken (fixed-sequence testing within Learn then Test, Angelopoulos et
/// al. 2021); since the counts are monotone, that is the order statistic at the largest count whose tail is at most delta.
/// </summary>
/// <remarks>
/// Rows that are escalated whatever the router says (<see cref="RouteReason.OutOfRegion"/>) stand with a hardness of positive infinity.
/// Ties at the cut never break a promise: for a budget none of them is escalated, for a risk all of them are.
/// </remarks>
public static class RouteCalibrator
{
    /// <summary>What calibration is about: the hardness of each score, positive infinity where it goes on whatever the threshold is.</summary>
    /// <param name="router">With its region; its threshold does not matter.</param>
    /// <param name="scores">The small guard's.</param>
    public static double[] Measure(IRouter router, IReadOnlyList<GuardScore> scores)
    {
        ArgumentNullException.ThrowIfNull(router);
        ArgumentNullException.ThrowIfNull(scores);
        return [.. scores.Select(router.Decide).Select(static decision =>
            decision.Reason == RouteReason.OutOfRegion ? double.PositiveInfinity : decision.HardProbability)];
    }

    /// <summary>The least threshold under which at most the limit's share of inputs is escalated.</summary>
    /// <param name="hardness">One a calibration row.</param>
    /// <param name="options">Share, confidence and horizon.</param>
    /// <exception cref="PicketException">An option is out of its range, or a hardness is no number.</exception>
    public static CalibratedThreshold ForBudget(IReadOnlyList<double> hardness, GuaranteeOptions options)
    {
        double[] sorted = Sorted(hardness, options);
        int most = options.Most(sorted.Length);

        // The (most + 1)-th hardest stays, and with it whatever is as hard.
        double threshold = most < 0 || sorted.Length == 0 ? 1 : sorted[^(most + 1)];
        bool promised = most >= 0 && sorted.Length > 0 && threshold <= 1;
        threshold = Math.Clamp(threshold, HardnessRouter.EscalateAll, 1);
        double share = Share(hardness, threshold);
        string says = promised
            ? $"at most {options.Limit:P1} of {Reach(options, "inputs")} go on, at confidence {1 - options.Delta:P1}; {share:P1} of {sorted.Length} rows did"
            : most < 0 ? TooSmall(options, sorted.Length, "rows")
            : $"nothing can be promised: {share:P1} of the rows are outside the router's region and go on whatever the threshold is";
        return new CalibratedThreshold(threshold, promised, share, share, Bound(share, sorted.Length, options), sorted.Length, options, says);
    }

    /// <summary>
    /// The largest threshold under which at most the limit's share of those unsafe inputs that the large guard would catch is missed: the small
    /// guard calls them safe, and they stay with it.
    /// </summary>
    /// <param name="rows">Calibration rows and the hardness of each.</param>
    /// <param name="options">Share, confidence and horizon.</param>
    /// <exception cref="PicketException">An option is out of its range, or a hardness is no number.</exception>
    public static CalibratedThreshold ForRisk(IReadOnlyList<(RoutingRow Row, double Hardness)> rows, GuaranteeOptions options)
    {
        ArgumentNullException.ThrowIfNull(rows);
        double[] all = Sorted([.. rows.Select(static row => row.Hardness)], options);
        (RoutingRow Row, double Hardness)[] catchable = [.. rows.Where(static row => row.Row.Catchable)];

        // What the small guard flags itself is never missed.
        double[] missable = [.. catchable.Where(static row => !row.Row.SmallRight).Select(static row => row.Hardness).Order()];
        int most = options.Most(catchable.Length);
        bool promised = most >= 0 && catchable.Length > 0;
        double threshold = !promised ? HardnessRouter.EscalateAll
            : most >= missable.Length ? 1
            : Math.Clamp(Math.BitDecrement(missable[most]), HardnessRouter.EscalateAll, 1);
        double missed = catchable.Length == 0 ? 0 : missable.Count(hardness => !(hardness > threshold)) / (double)catchable.Length;
        double share = Share(all, threshold);
        string says = promised
            ? $"at most {options.Limit:P1} of {Reach(options, "catchable unsafe inputs")} are missed, at confidence {1 - options.Delta:P1}; "
                + $"{missed:P1} of {catchable.Length} were, with {share:P1} of all rows going on"
            : TooSmall(options, catchable.Length, "unsafe rows that the large guard catches");
        return new CalibratedThreshold(
            threshold, promised, share, missed, Bound(missed, catchable.Length, options), catchable.Length, options, says);
    }

    /// <summary>The least threshold that escalates at most a share of the given rows themselves; it promises nothing of others.</summary>
    /// <param name="hardness">At least one; none of them no number.</param>
    /// <param name="share">In [0, 1].</param>
    public static double Quantile(IReadOnlyList<double> hardness, double share)
    {
        ArgumentNullException.ThrowIfNull(hardness);
        ArgumentOutOfRangeException.ThrowIfZero(hardness.Count, nameof(hardness));
        double[] sorted = [.. hardness.Order()];
        int most = (int)Math.Floor((share * sorted.Length) + 1e-9);
        return most >= sorted.Length ? HardnessRouter.EscalateAll : Math.Clamp(sorted[^(most + 1)], HardnessRouter.EscalateAll, 1);
    }

    private static double[] Sorted(IReadOnlyList<double> hardness, GuaranteeOptions options)
    {
        ArgumentNullException.ThrowIfNull(hardness);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        double[] sorted = [.. hardness];
        Array.Sort(sorted);
        return sorted.Length > 0 && double.IsNaN(sorted[0])
            ? throw new PicketException("calibration: expected a hardness for each row, found something that is no number")
            : sorted;
    }

    private static double Share(IReadOnlyList<double> hardness, double threshold) =>
        hardness.Count == 0 ? 0 : hardness.Count(value => value > threshold) / (double)hardness.Count;

    private static double Bound(double share, int rows, GuaranteeOptions options) =>
        rows == 0 ? 1 : BinomialBounds.Upper((int)Math.Round(share * rows), rows, options.Delta);

    private static string Reach(GuaranteeOptions options, string what) =>
        options.Horizon is { } horizon ? $"the next {horizon} {what}" : $"all {what}";

    private static string TooSmall(GuaranteeOptions options, int rows, string what) => options.FewestRows() is { } fewest
        ? $"nothing can be promised: {rows} {what} are too few, {fewest} are the least for {options.Limit:P1} at confidence {1 - options.Delta:P1}"
        : $"nothing can be promised: no number of {what} is enough for {options.Limit:P1} of so few inputs at confidence {1 - options.Delta:P1}";
}
