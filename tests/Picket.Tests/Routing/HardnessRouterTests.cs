using Picket.Testing;

namespace Picket.Tests.Routing;

public sealed class HardnessRouterTests
{
    private static readonly FeatureRegion Unit = new([0, 0], [1, 0, 0, 1], [1, 1], restVariance: 1, limit: 9);

    [Theory]
    [InlineData(0.81, false)]
    [InlineData(0.80, true)]
    public void Decide_HardnessAtTheThreshold_Stays(double threshold, bool expected)
    {
        var router = new HardnessRouter(new EntropyHardness(), threshold);

        Assert.Equal(expected, router.Decide(new GuardScore(0.246)).Escalate);
        Assert.False(new HardnessRouter(new EntropyHardness(), 1).Decide(new GuardScore(0.5)).Escalate);
        Assert.True(new HardnessRouter(new EntropyHardness(), HardnessRouter.EscalateAll).Decide(new GuardScore(0)).Escalate);
    }

    [Theory]
    [InlineData(3f, 0f, RouteReason.Router, false)]
    [InlineData(3f, 0.1f, RouteReason.OutOfRegion, true)]
    [InlineData(float.NaN, 0f, RouteReason.OutOfRegion, true)]
    public void Decide_FarFeatures_EscalateWhateverTheRouterSays(float x, float y, RouteReason reason, bool expected)
    {
        RouteDecision decision = new HardnessRouter(new EntropyHardness(), 1, Unit).Decide(new GuardScore(0, new[] { x, y }));

        Assert.Equal((expected, reason), (decision.Escalate, decision.Reason));
    }

    [Fact]
    public void Decide_FeaturesOfAnotherWidth_Escalates()
    {
        Assert.True(new HardnessRouter(Network(), 1).Decide(new GuardScore(0, new float[3])).Escalate);
        Assert.True(new HardnessRouter(Network(), 1).Decide(new GuardScore(0)).Escalate);
    }

    [Fact]
    public void Decide_SamplesOfAPosterior_GivesMeanAndSpread()
    {
        var hardness = new NetworkHardness("bayes", [Linear(0, 0), Linear(0, MathF.Log(3))]);

        RouteDecision decision = new HardnessRouter(hardness).Decide(new GuardScore(0, new float[2]));

        Assert.Equal(0.625, decision.HardProbability, precision: 6);
        Assert.Equal(0.125, decision.Spread, precision: 6);
        Assert.Equal((true, 0.5), (decision.Escalate, decision.Threshold));
    }

    [Fact]
    public void Measure_TwoHeads_WeighsTheLargeGuardAgainstTheSmall()
    {
        var heads = new RouterNetwork([new RouterLayer([0, 0, 0, 0], [MathF.Log(3), 0])]);

        Assert.Equal((1 + 0.5 - 0.75) / 2, new NetworkHardness("two-headed", [heads]).Measure(new GuardScore(0, new float[2])).Probability, 6);
    }

    [Fact]
    public void Decide_WideRouterWithRegion_AllocatesNothing()
    {
        var random = new Random(1);
        float[] Weights(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
        RouterLayer Layer(int inputs, int outputs) => new(Weights(inputs * outputs), Weights(outputs), Weights(outputs), Weights(outputs));
        var network = new RouterNetwork([Layer(514, 128), Layer(128, 128), new RouterLayer(Weights(128), [0])]);
        var router = new HardnessRouter(
            new NetworkHardness("mlp", [network], usesScore: true), 0.5, new FeatureRegion(new float[512], new float[512], [1], 1, 1));
        var score = new GuardScore(0.3, Weights(512));
        router.Decide(score);

        Assert.Equal(0, Allocations.Least(() => router.Decide(score)));
    }

    [Fact]
    public void Measure_Random_SpreadsEvenlyAndRepeats()
    {
        var hardness = new RandomHardness(7);
        double[] values = [.. Enumerable.Range(0, 4000).Select(i => hardness.Measure(new GuardScore(i / 4000.0)).Probability)];

        Assert.InRange(values.Count(value => value > 0.75) / 4000.0, 0.22, 0.28);
        Assert.Equal(values[17], new RandomHardness(7).Measure(new GuardScore(17 / 4000.0)).Probability);
    }

    private static RouterNetwork Linear(float weight, float bias) => new([new RouterLayer([weight, weight], [bias])]);

    private static NetworkHardness Network() => new("logistic", [Linear(1, 0)]);
}
