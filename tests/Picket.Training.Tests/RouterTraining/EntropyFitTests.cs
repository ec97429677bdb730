using Picket.Training.RouterTraining;

namespace Picket.Training.Tests.RouterTraining;

public sealed class EntropyFitTests
{
    [Fact]
    public void Temperature_GuardTwiceTooSure_IsTwo()
    {
        RoutingRow[] rows =
        [
            .. SyntheticPairs.Uncertain(20_000, seed: 1).Select(static row =>
            {
                double odds = row.Small.UnsafeProbability / (1 - row.Small.UnsafeProbability);
                return row with { Small = new GuardScore(odds * odds / (1 + (odds * odds))) };
            }),
        ];

        Assert.InRange(EntropyFit.Temperature(rows).Manifest.Temperature, 1.9, 2.1);
    }

    [Fact]
    public void Batch_MeanProbability_IsWhatTheRouterIsLeastSureOf()
    {
        RoutingRow[] rows = [.. new[] { 0.1, 0.2, 0.3 }.Select(static q => new RoutingRow(new GuardScore(q), 0, false))];

        IHardness hardness = EntropyFit.Batch(rows).CreateHardness();
        Assert.Equal(1, hardness.Measure(new GuardScore(0.2)).Probability, precision: 9);
        Assert.Equal("entropy-bc", hardness.Name);
    }
}
