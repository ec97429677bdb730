namespace Picket.Tests.Routing;

/// <summary>
/// 2,000 random splits of one pool with many ties: the promise may fail in a share delta of them, plus four standard errors of that share.
/// </summary>
public sealed class GuaranteeTests
{
    private const int Splits = 2000;
    private const int Calibration = 800;
    private const int Pool = 3000;

    public static TheoryData<double, double> Cases => new()
    {
        { 0.05, 0.05 }, { 0.15, 0.05 }, { 0.3, 0.05 }, { 0.05, 0.1 }, { 0.15, 0.1 }, { 0.3, 0.1 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void ForBudget_SplitsOfAPool_ExceedTheBudgetInTheRestAtMostDelta(double budget, double delta)
    {
        double[] pool = [.. Draw(1).Select(static row => row.Hardness)];
        var options = new GuaranteeOptions { Limit = budget, Delta = delta, Horizon = Pool - Calibration };

        int failed = Failures(pool, (first, rest) =>
        {
            CalibratedThreshold found = RouteCalibrator.ForBudget(first, options);
            Assert.True(found.Promised);
            return rest.Count(hardness => hardness > found.Threshold) > budget * rest.Count;
        });

        AssertAtMost(failed, delta);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ForBudget_SplitsOfAPool_ExceedTheBudgetInThePoolAtMostDelta(double budget, double delta)
    {
        double[] pool = [.. Draw(2).Select(static row => row.Hardness)];
        var options = new GuaranteeOptions { Limit = budget, Delta = delta };

        int failed = Failures(pool, (first, _) =>
        {
            double threshold = RouteCalibrator.ForBudget(first, options).Threshold;
            return pool.Count(hardness => hardness > threshold) > budget * pool.Length;
        });

        AssertAtMost(failed, delta);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ForRisk_SplitsOfAPool_MissTooManyAtMostDelta(double risk, double delta)
    {
        // Among catchable rows alone, for the horizon counts those.
        (RoutingRow Row, double Hardness)[] pool = [.. Draw(3).Where(static row => row.Row.Catchable)];
        int calibration = pool.Length / 2;
        var options = new GuaranteeOptions { Limit = risk, Delta = delta, Horizon = pool.Length - calibration };

        int failed = Failures(
            pool,
            (first, rest) =>
            {
                double threshold = RouteCalibrator.ForRisk(first, options).Threshold;
                return rest.Count(row => !row.Row.SmallRight && !(row.Hardness > threshold)) > risk * rest.Count;
            },
            calibration);

        AssertAtMost(failed, delta);
    }

    private static int Failures<T>(T[] pool, Func<ArraySegment<T>, ArraySegment<T>, bool> fails, int calibration = Calibration)
    {
        var random = new Random(17);
        T[] order = [.. pool];
        int failed = 0;
        for (int split = 0; split < Splits; split++)
        {
            random.Shuffle(order);
            failed += fails(new ArraySegment<T>(order, 0, calibration), new ArraySegment<T>(order, calibration, order.Length - calibration)) ? 1 : 0;
        }

        return failed;
    }

    private static void AssertAtMost(int failed, double delta) =>
        Assert.InRange(failed, 0, Splits * (delta + (4 * Math.Sqrt(delta * (1 - delta) / Splits))));

    /// <summary>Hardness in steps of 1/200, so that cuts hit ties; most unsafe rows are catchable, and the small guard misses half of them.</summary>
    private static (RoutingRow Row, double Hardness)[] Draw(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Pool).Select(_ =>
        {
            double hardness = Math.Round(random.NextDouble() * random.NextDouble() * 200) / 200;
            var small = new GuardScore(random.NextDouble() < 0.5 ? 0.2 : 0.8);
            return (new RoutingRow(small, random.NextDouble() < 0.8 ? 0.9 : 0.1, random.NextDouble() < 0.4), hardness);
        })];
    }
}
