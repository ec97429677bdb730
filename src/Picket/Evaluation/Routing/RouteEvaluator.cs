using Picket.Statistics;

namespace Picket.Evaluation;

/// <summary>Compares routers on rows that both guards scored.</summary>
public static class RouteEvaluator
{
    /// <summary>Points that a curve keeps at most.</summary>
    public const int CurvePoints = 201;

    private const int PartsMost = 60;

    /// <summary>The figures of each router; the random router and entropy, where they are among them, are what the others are held against.</summary>
    /// <param name="rows">At least one.</param>
    /// <param name="contenders">The routers; named apart.</param>
    /// <param name="options">Share, draws, latencies and costs.</param>
    /// <exception cref="PicketException">An option is out of its range, or there are no rows.</exception>
    public static IReadOnlyList<RouteResult> Evaluate(
        IReadOnlyList<RoutedRow> rows, IReadOnlyList<RouteContender> contenders, RouteEvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(contenders);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Faults().FirstOrDefault() is { } fault)
        {
            throw new PicketException(fault);
        }

        if (rows.Count == 0)
        {
            throw new PicketException("routing rows: expected one or more, found none");
        }

        double?[] cuts = [.. contenders.Select(contender =>
            Orders(contender) ? RouteCalibrator.Quantile(contender.Hardness, options.Share) : (double?)null)];
        Estimate?[] found = Intervals(rows, contenders, cuts, options);
        return [.. contenders.Select((contender, i) => Result(rows, contender, cuts[i], found[(i * Figures)..((i + 1) * Figures)], options))];
    }

    private const int Figures = 8;

    private static bool Orders(RouteContender contender) => contender.Hardness.Distinct().Take(2).Count() == 2;

    private static Estimate?[] Intervals(
        IReadOnlyList<RoutedRow> rows, IReadOnlyList<RouteContender> contenders, double?[] cuts, RouteEvaluationOptions options)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        int[] groups = [.. rows.Select(row => places.TryGetValue(row.Group, out int place) ? place : places[row.Group] = places.Count)];
        WeightedCurve[] curves = [.. contenders.Select(contender => new WeightedCurve(rows, groups, contender.Hardness))];
        int random = Place("random");
        int entropy = Place("entropy");
        return ClusterBootstrap.Intervals(places.Count, Figures * contenders.Count, Compute, options.Resamples, options.Seed);

        int Place(string name) => Enumerable.Range(0, contenders.Count).FirstOrDefault(i => contenders[i].Name == name, -1);

        void Compute(int[] counts, double[] values)
        {
            double small = curves[0].F1(counts, static _ => false);
            double large = curves[0].F1(counts, static _ => true);
            double[] means = [.. curves.Select((curve, i) => cuts[i] is null ? double.NaN : curve.MeanF1(counts))];
            for (int i = 0; i < curves.Length; i++)
            {
                (IReadOnlyList<double> hardness, double threshold) = (contenders[i].Hardness, contenders[i].Threshold);
                double cut = cuts[i] ?? double.NaN;
                double own = curves[i].F1(counts, row => hardness[row] > threshold);
                double atShare = double.IsNaN(cut) ? double.NaN : curves[i].F1(counts, row => hardness[row] > cut);
                double[] figures =
                [
                    own, own - large, atShare, atShare - large, means[i],
                    random < 0 ? double.NaN : means[i] - means[random],
                    entropy < 0 ? double.NaN : means[i] - means[entropy],
                    large > small ? (means[i] - small) / (large - small) : double.NaN,
                ];
                figures.CopyTo(values, i * Figures);
            }
        }
    }

    private static RouteResult Result(
        IReadOnlyList<RoutedRow> rows, RouteContender contender, double? cut, Estimate?[] found, RouteEvaluationOptions options)
    {
        bool[] own = contender.Escalated(contender.Threshold);
        var curve = RouteCurve.Compute([.. rows.Select(static row => row.Row)], contender.Hardness);
        return new RouteResult
        {
            Router = contender.Name,
            Own = RouteFigures.Of(rows, own, contender.Threshold, found[0]!, found[1]!, options),
            AtShare = cut is { } threshold
                ? RouteFigures.Of(rows, contender.Escalated(threshold), threshold, found[2]!, found[3]!, options)
                : null,
            MeanF1 = found[4],
            OverRandom = contender.Name == "random" ? null : found[5],
            OverEntropy = contender.Name == "entropy" ? null : found[6],
            Area = found[7],
            ShareFor95 = cut is null ? null : curve.ShareFor95,
            Curve = cut is null ? [] : Thinned(curve.Points),
            Parts =
            [
                .. Parts(rows, own, "data", static row => row.Data),
                .. Parts(rows, own, "source", static row => row.Source),
                .. Parts(rows, own, "category", static row => row.Category),
            ],
        };
    }

    private static CurvePoint[] Thinned(IReadOnlyList<RoutePoint> points)
    {
        int step = Math.Max(1, (points.Count + CurvePoints - 2) / (CurvePoints - 1));
        return [.. points.Where((_, i) => i % step == 0 || i == points.Count - 1).Select(static point => new CurvePoint(point.Share, point.F1))];
    }

    // The largest parts: a field of free text would give one a row.
    private static IEnumerable<RoutePart> Parts(IReadOnlyList<RoutedRow> rows, bool[] escalated, string by, Func<RoutedRow, string?> name)
    {
        bool[] none = new bool[rows.Count];
        bool[] all = [.. none.Select(static _ => true)];
        string[] names = [.. rows.Select(name).OfType<string>().GroupBy(static part => part, StringComparer.Ordinal)
            .OrderByDescending(static part => part.Count()).ThenBy(static part => part.Key, StringComparer.Ordinal)
            .Take(PartsMost).Select(static part => part.Key)];
        return names.Select(part =>
        {
            var counts = MixedCounts.Of(rows, escalated, Is);
            return new RoutePart(
                by, part, counts.Rows, counts.Unsafe, (double)counts.Escalated / counts.Rows, counts.RoutingF1,
                MixedCounts.Of(rows, none, Is).F1, counts.F1, MixedCounts.Of(rows, all, Is).F1,
                new Rate(counts.Downgraded, counts.Catchable));

            bool Is(RoutedRow row) => name(row) == part;
        });
    }
}
