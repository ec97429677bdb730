namespace Picket.Evaluation;

/// <summary>One point of a precision-recall curve.</summary>
/// <param name="Threshold">Flagged are the rows whose probability is at least this.</param>
/// <param name="Precision">TP / (TP + FP).</param>
/// <param name="Recall">TP / (TP + FN).</param>
public sealed record PrecisionRecallPoint(double Threshold, double Precision, double Recall)
{
    /// <summary>
    /// The curve with a point a distinct score, highest threshold first, thinned to at most <paramref name="maxPoints"/> points
    /// spaced evenly along the curve's length; the first and the last point always stay. Empty when no row is unsafe or none is safe.
    /// </summary>
    /// <exception cref="PicketException">A probability is not in [0, 1].</exception>
    public static IReadOnlyList<PrecisionRecallPoint> Curve(IReadOnlyList<ScoredLabel> rows, int maxPoints = 500)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPoints, 3);
        var table = ScoreTable.Create(rows);
        if (table.UnsafeRows == 0 || table.UnsafeRows == table.Rows)
        {
            return [];
        }

        var points = new List<PrecisionRecallPoint>(table.Scores.Length);
        int truePositives = 0, flagged = 0;
        for (int group = 0; group < table.Scores.Length; group++)
        {
            truePositives += table.Counts[(2 * group) + 1];
            flagged += table.Counts[2 * group] + table.Counts[(2 * group) + 1];
            points.Add(new PrecisionRecallPoint(table.Scores[group], truePositives / (double)flagged, truePositives / (double)table.UnsafeRows));
        }

        return points.Count <= maxPoints ? points : Thin(points, maxPoints);
    }

    private static List<PrecisionRecallPoint> Thin(List<PrecisionRecallPoint> points, int maxPoints)
    {
        double length = points.Zip(points.Skip(1), Distance).Sum();
        double step = length / (maxPoints - 2);
        var kept = new List<PrecisionRecallPoint>(maxPoints) { points[0] };
        double travelled = 0;
        for (int i = 1; i < points.Count - 1; i++)
        {
            travelled += Distance(points[i - 1], points[i]);
            if (travelled >= kept.Count * step)
            {
                kept.Add(points[i]);
            }
        }

        kept.Add(points[^1]);
        return kept;
    }

    private static double Distance(PrecisionRecallPoint from, PrecisionRecallPoint to) =>
        Math.Abs(to.Precision - from.Precision) + Math.Abs(to.Recall - from.Recall);
}
