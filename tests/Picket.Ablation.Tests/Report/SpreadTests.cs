namespace Picket.Ablation.Tests;

public sealed class SpreadTests
{
    [Fact]
    public void Of_SeveralValues_GivesMeanAndSampleDeviation()
    {
        var found = Spread.Of([0.1, 0.2, 0.3]);

        Assert.Equal(0.2, found.Mean, 1e-12);
        Assert.Equal(0.1, found.Deviation!.Value, 1e-12);
        Assert.Equal("0.200 ± 0.100", found.ToString());
    }

    [Fact]
    public void Of_OneValue_HasNoDeviation() => Assert.Equal("0.500", Spread.Of([0.5]).ToString());

    [Theory]
    [InlineData(-0.25, "-0.250")]
    [InlineData(0.25, "+0.250")]
    public void Signed_Difference_HasItsSign(double value, string expected) => Assert.Equal(expected, Spread.Of([value]).Signed());
}
