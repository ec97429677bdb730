namespace Picket.Tests.Routing;

public sealed class RouteCalibratorTests
{
    [Fact]
    public void ForBudget_TiesAtTheCut_StayAll()
    {
        double[] hardness = [.. Enumerable.Repeat(0.7, 400), .. Enumerable.Repeat(0.2, 600)];

        CalibratedThreshold found = RouteCalibrator.ForBudget(hardness, new GuaranteeOptions { Limit = 0.3 });

        Assert.Equal((0.7, true, 0.0), (found.Threshold, found.Promised, found.Share));
    }

    [Fact]
    public void ForBudget_TooFewRows_SaysHowManyItTakes()
    {
        CalibratedThreshold found = RouteCalibrator.ForBudget([.. Enumerable.Repeat(0.5, 58)], new GuaranteeOptions { Limit = 0.05 });

        Assert.Equal((1.0, false), (found.Threshold, found.Promised));
        Assert.Contains("58 rows are too few, 59 are the least", found.Says, StringComparison.Ordinal);
    }

    [Fact]
    public void ForBudget_ManyRowsOutsideTheRegion_PromisesNothing()
    {
        double[] hardness = [.. Enumerable.Repeat(double.PositiveInfinity, 200), .. Enumerable.Repeat(0.2, 800)];

        CalibratedThreshold found = RouteCalibrator.ForBudget(hardness, new GuaranteeOptions { Limit = 0.1 });

        Assert.Equal((1.0, false, 0.2), (found.Threshold, found.Promised, found.Share));
        Assert.Contains("outside", found.Says, StringComparison.Ordinal);
    }

    [Fact]
    public void ForRisk_TiesAtTheCut_GoOnAll()
    {
        (RoutingRow, double)[] rows = [.. Enumerable.Range(0, 1000).Select(i => (Missed(), i < 500 ? 0.4 : 0.8))];

        CalibratedThreshold found = RouteCalibrator.ForRisk(rows, new GuaranteeOptions { Limit = 0.1 });

        Assert.Equal((0.0, true, 1.0), (found.Exceeding, found.Promised, found.Share));
        Assert.InRange(found.Threshold, 0.39, 0.4 - 1e-17);
    }

    [Fact]
    public void ForRisk_SmallGuardFlagsAlmostAll_EscalatesNothing()
    {
        (RoutingRow, double)[] rows = [.. Enumerable.Range(0, 500).Select(i => (i < 3 ? Missed() : Flagged(), 0.5))];

        CalibratedThreshold found = RouteCalibrator.ForRisk(rows, new GuaranteeOptions { Limit = 0.05 });

        Assert.Equal((1.0, true, 0.0, 0.006), (found.Threshold, found.Promised, found.Share, found.Exceeding));
    }

    [Fact]
    public void ForRisk_TooFewCatchableRows_EscalatesAllAndSaysSo()
    {
        CalibratedThreshold found = RouteCalibrator.ForRisk([(Missed(), 0.5)], new GuaranteeOptions { Limit = 0.02 });

        Assert.Equal((HardnessRouter.EscalateAll, false), (found.Threshold, found.Promised));
        Assert.Contains("149 are the least", found.Says, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.0, 0.05)]
    [InlineData(1.0, 0.05)]
    [InlineData(0.2, 0.0)]
    public void ForBudget_ImpossibleOption_Throws(double limit, double delta)
    {
        Assert.Throws<PicketException>(() => RouteCalibrator.ForBudget([0.5], new GuaranteeOptions { Limit = limit, Delta = delta }));
    }

    [Fact]
    public void ForBudget_HardnessThatIsNoNumber_Throws()
    {
        Assert.Throws<PicketException>(() => RouteCalibrator.ForBudget([0.5, double.NaN], new GuaranteeOptions { Limit = 0.5 }));
    }

    [Theory]
    [InlineData(0.0, 0.9)]
    [InlineData(0.5, 0.2)]
    [InlineData(0.25, 0.9)]
    [InlineData(1.0, HardnessRouter.EscalateAll)]
    public void Quantile_SharesOfFour_NeverOvershoots(double share, double expected)
    {
        Assert.Equal(expected, RouteCalibrator.Quantile([0.1, 0.2, 0.9, 0.9], share));
    }

    private static RoutingRow Missed() => new(new GuardScore(0.1), 0.9, Unsafe: true);

    private static RoutingRow Flagged() => new(new GuardScore(0.9), 0.9, Unsafe: true);
}
