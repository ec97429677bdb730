namespace Picket.Tests.Routing;

public sealed class EntropyHardnessTests
{
    [Theory]
    [InlineData(0.9, 0.9)]
    [InlineData(0.02, 0.02)]
    public void Measure_AtThePrior_IsOneBit(double prior, double probability)
    {
        double bits = EntropyHardness.WithPrior(prior, "entropy-bc").Measure(new GuardScore(probability)).Probability;

        Assert.Equal(1, bits, precision: 12);
    }

    [Fact]
    public void Measure_HighTemperature_RaisesTheEntropy()
    {
        var score = new GuardScore(0.95);

        Assert.True(new EntropyHardness(4).Measure(score).Probability > new EntropyHardness().Measure(score).Probability);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    public void Measure_SureGuardUnderAnyShift_IsZero(double probability)
    {
        Assert.Equal(0, new EntropyHardness(3, -2).Measure(new GuardScore(probability)).Probability);
    }

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(double.NaN, 0.0)]
    [InlineData(1.0, double.PositiveInfinity)]
    public void New_ImpossibleShift_Throws(double temperature, double offset)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new EntropyHardness(temperature, offset));
    }
}
