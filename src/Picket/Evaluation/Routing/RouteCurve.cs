namespace Picket.Evaluation;

/// <summary>What a cascade is worth at every share of inputs that goes to the large guard: F1 of the mixed verdicts, unsafe being positive.</summary>
/// <param name="Points">From share 0, the small guard alone, to share 1, the large one; one a distinct hardness.</param>
/// <param name="SmallF1">At share 0.</param>
/// <param name="LargeF1">At share 1.</param>
/// <param name="OracleF1">Of the oracle, which escalates exactly where the small guard is wrong and the large one right: the ceiling.</param>
/// <param name="OracleShare">The share that the oracle escalates.</param>
public sealed record RouteCurve(IReadOnlyList<RoutePoint> Points, double SmallF1, double LargeF1, double OracleF1, double OracleShare)
{
    /// <summary>
    /// Area under F1 over the share, on the scale where the small guard is 0 and the large one 1: a random router has about one half, a good one
    /// more, and more than 1 where the mix is better than the large guard. <see langword="null"/> where both guards' F1 are equal.
    /// </summary>
    public double? Area { get; private init; }

    /// <summary>
    /// CPT(95 %) of RouteLLM (Ong et al. 2024): the least share from which 95 % of the way from the small guard's F1 to the large one's is made;
    /// <see langword="null"/> where the large guard is no better.
    /// </summary>
    public double? ShareFor95 { get; private init; }

    /// <summary>Computes the curve. Rows of one hardness go together, so that ties favour no order.</summary>
    /// <param name="rows">At least one.</param>
    /// <param name="hardness">Of each row; those that go on whatever the threshold is have positive infinity.</param>
    /// <exception cref="ArgumentException">There are no rows, or not one hardness a row, or one is no number.</exception>
    public static RouteCurve Compute(IReadOnlyList<RoutingRow> rows, IReadOnlyList<double> hardness)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(hardness);
        if (rows.Count == 0 || hardness.Count != rows.Count || hardness.Any(double.IsNaN))
        {
            throw new ArgumentException($"expected a hardness for each of {rows.Count} rows, found {hardness.Count} or no numbers", nameof(hardness));
        }

        int[] order = [.. Enumerable.Range(0, rows.Count).OrderByDescending(i => hardness[i])];
        var tally = new VerdictTally(rows);
        var points = new List<RoutePoint> { new(0, tally.F1, double.PositiveInfinity) };
        for (int i = 0; i < order.Length; i++)
        {
            tally.Escalate(rows[order[i]]);
            if (i == order.Length - 1 || hardness[order[i + 1]] != hardness[order[i]])
            {
                points.Add(new RoutePoint((i + 1.0) / rows.Count, tally.F1, hardness[order[i]]));
            }
        }

        var oracle = new VerdictTally(rows);
        foreach (RoutingRow row in rows.Where(static row => row.Hard))
        {
            oracle.Escalate(row);
        }

        double small = points[0].F1;
        double large = points[^1].F1;
        return new RouteCurve(points, small, large, oracle.F1, rows.Count(static row => row.Hard) / (double)rows.Count)
        {
            Area = large == small ? null : (Integral(points) - small) / (large - small),
            ShareFor95 = large > small ? points.First(point => point.F1 >= small + (0.95 * (large - small))).Share : null,
        };
    }

    // Between two points rows of one hardness go on in any order: on average the straight line.
    private static double Integral(List<RoutePoint> points) =>
        points.Zip(points.Skip(1), static (from, to) => (to.Share - from.Share) * (from.F1 + to.F1) / 2).Sum();

    private sealed class VerdictTally
    {
        private readonly int _unsafe;
        private int _flagged;
        private int _caught;

        public VerdictTally(IReadOnlyList<RoutingRow> rows)
        {
            foreach (RoutingRow row in rows)
            {
                _unsafe += row.Unsafe ? 1 : 0;
                Add(row, row.SmallRight, 1);
            }
        }

        public double F1 => _flagged + _unsafe == 0 ? 0 : 2.0 * _caught / (_flagged + _unsafe);

        public void Escalate(RoutingRow row)
        {
            Add(row, row.SmallRight, -1);
            Add(row, row.LargeRight, 1);
        }

        private void Add(RoutingRow row, bool right, int count)
        {
            _flagged += right == row.Unsafe ? count : 0;
            _caught += right && row.Unsafe ? count : 0;
        }
    }
}

/// <summary>One point of a <see cref="RouteCurve"/>.</summary>
/// <param name="Share">The share of rows that goes to the large guard.</param>
/// <param name="F1">Of the mixed verdicts.</param>
/// <param name="Hardness">The least hardness that goes on.</param>
public readonly record struct RoutePoint(double Share, double F1, double Hardness);
