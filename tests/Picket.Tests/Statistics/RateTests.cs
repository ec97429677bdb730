using Picket.Statistics;

namespace Picket.Tests.Statistics;

public sealed class RateTests
{
    // statsmodels, proportion_confint(method="wilson").
    [Theory]
    [InlineData(0, 10, 0.0, 0.27753)]
    [InlineData(10, 10, 0.72247, 1.0)]
    [InlineData(5, 10, 0.23659, 0.76341)]
    [InlineData(3, 100, 0.01025, 0.08452)]
    public void Interval_OfCounts_IsWilsons(int hits, int trials, double low, double high)
    {
        var rate = new Rate(hits, trials);

        Assert.Equal(low, rate.Low!.Value, 1e-4);
        Assert.Equal(high, rate.High!.Value, 1e-4);
    }

    [Fact]
    public void Value_WithoutTrials_IsNotDefined() => Assert.Equal((null, null, null), Figures(new Rate(0, 0)));

    private static (double?, double?, double?) Figures(Rate rate) => (rate.Value, rate.Low, rate.High);
}
