namespace Picket.Tests.Routing;

public sealed class RouterTests
{
    [Theory]
    [InlineData(0.0, false)]
    [InlineData(0.109, false)]
    [InlineData(0.111, true)]
    [InlineData(0.5, true)]
    [InlineData(0.889, true)]
    [InlineData(0.891, false)]
    [InlineData(1.0, false)]
    public void Decide_EntropyAtHalfABit_EscalatesBetweenElevenAndEightyNinePercent(double probability, bool expected)
    {
        Assert.Equal(expected, new EntropyRouter().Decide(new GuardScore(probability)).Escalate);
    }

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(0.5, 1.0)]
    [InlineData(0.25, 0.811278124459133)]
    [InlineData(1.0, 0.0)]
    public void Decide_Entropy_GivesBitsAsHardProbability(double probability, double bits)
    {
        Assert.Equal(bits, new EntropyRouter().Decide(new GuardScore(probability)).HardProbability, precision: 12);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    public void Decide_EntropyOfNoProbability_Escalates(double probability)
    {
        Assert.Equal(new RouteDecision(Escalate: true, HardProbability: 1) { Threshold = 1 }, new EntropyRouter(1).Decide(new GuardScore(probability)));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    public void New_EntropyWithImpossibleThreshold_Throws(double threshold)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new EntropyRouter(threshold));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(double.NaN)]
    public void Decide_AlwaysAndNever_IgnoreTheScore(double probability)
    {
        var score = new GuardScore(probability);

        Assert.Equal(new RouteDecision(Escalate: true, HardProbability: 1), new AlwaysRouter().Decide(score));
        Assert.Equal(new RouteDecision(Escalate: false, HardProbability: 0), new NeverRouter().Decide(score));
    }
}
