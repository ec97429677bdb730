using Picket.Models.Routing;
using Picket.Training.RouterTraining;

namespace Picket.Training.Tests.RouterTraining;

public sealed class RouterTrainerTests
{
    private static readonly RoutingRow[] Learn = SyntheticPairs.Nonlinear(20_000, seed: 1);
    private static readonly RoutingRow[] Test = SyntheticPairs.Nonlinear(6000, seed: 2);

    [Fact]
    public void Train_HardnessIsNonlinearAndEntropyBlind_BayesianRouterIsNearlyOptimal()
    {
        double optimal = RouterTrainer.RoutingF1(Test, [.. Test.Select(SyntheticPairs.IsBayesHard)]);
        double learned = F1(Train(RouterKinds.Bayes, 100, Learn).CreateRouter(), Test);
        double entropy = F1(new EntropyRouter(), Test);

        TestContext.Current.TestOutputHelper!.WriteLine($"optimal {optimal:F3}, learned {learned:F3}, entropy {entropy:F3}");
        Assert.InRange(learned, 0.9 * optimal, 1);
        Assert.InRange(entropy, 0, 0.5 * optimal);
    }

    [Theory]
    [InlineData(RouterKinds.Bayes)]
    [InlineData(RouterKinds.Mlp)]
    [InlineData(RouterKinds.TwoHeaded)]
    public void Train_SmallGuardIsUnsureOfHardInputs_IsNoWorseThanEntropy(string kind)
    {
        RoutingRow[] test = SyntheticPairs.Unsure(8000, seed: 4);
        IHardness learned = Train(kind, 100, SyntheticPairs.Unsure(20_000, seed: 3)).CreateHardness();

        // At equal shares entropy is the best there is, so that a learned router can only come near it.
        foreach (double share in new[] { 0.2, 0.3 })
        {
            Assert.InRange(F1(AtShare(learned, test, share), test), F1(AtShare(new EntropyHardness(), test, share), test) - 0.02, 1);
        }

        // Each at the cut that it comes with; the two heads' difference comes with none.
        double own = kind == RouterKinds.TwoHeaded ? 1 : F1(new HardnessRouter(learned), test);
        Assert.InRange(own, F1(new EntropyRouter(), test), 1);
    }

    [Theory]
    [InlineData(RouterKinds.Bayes)]
    [InlineData(RouterKinds.TwoHeaded)]
    [InlineData(RouterKinds.Logistic)]
    [InlineData(RouterKinds.Prototype)]
    public void Train_Again_GivesTheSameBitsOnAnyNumberOfThreads(string kind)
    {
        RoutingRow[] rows = Learn[..700];
        RouterModel first = Train(kind, 3, rows, threads: 1);
        RouterModel second = Train(kind, 3, rows, threads: 2);

        Assert.Equal(first.Tensors.Keys.Order(StringComparer.Ordinal), second.Tensors.Keys.Order(StringComparer.Ordinal));
        Assert.All(first.Tensors, pair => Assert.Equal(pair.Value.Data.ToArray(), second.Tensors[pair.Key].Data.ToArray()));
    }

    [Theory]
    [InlineData(RouterKinds.Logistic)]
    [InlineData(RouterKinds.Prototype)]
    public void Train_LinearKinds_FindALinearBoundary(string kind)
    {
        RoutingRow[] Rows(int seed) =>
        [
            .. SyntheticPairs.Nonlinear(3000, seed).Select(static row =>
            {
                bool wrong = row.Small.Features.Span[2] - row.Small.Features.Span[5] > 1;
                return row with { Small = row.Small with { UnsafeProbability = wrong == row.Unsafe ? 0.1 : 0.9 } };
            }),
        ];
        IHardness learned = Train(kind, 1, Rows(5)).CreateHardness();

        RoutingRow[] test = Rows(6);
        Assert.InRange(F1(AtShare(learned, test, test.Count(static row => row.Hard) / 3000.0), test), 0.95, 1);
    }

    [Fact]
    public void Train_StandardisedWithScore_DecidesByRawFeatures()
    {
        RoutingRow[] shifted =
        [
            .. Learn.Select(static row => row with
            {
                Small = row.Small with { Features = row.Small.Features.ToArray().Select(static (x, i) => (x * (i + 1) * 10) + 300).ToArray() },
            }),
        ];
        var options = new RouterTrainingOptions { Kind = RouterKinds.Mlp, Epochs = 60, Standardise = true, UseScore = true };

        RouterTrainingResult result = RouterTrainer.Train(shifted, options, cancellationToken: TestContext.Current.CancellationToken);

        RoutingRow[] heldOut = [.. result.HeldOut.Select(place => shifted[place])];
        Assert.InRange(F1(new HardnessRouter(result.Model.CreateHardness()), heldOut), 0.6, 1);
        Assert.Equal(result.Card.HeldOutF1, F1(new HardnessRouter(result.Model.CreateHardness()), heldOut));
    }

    [Fact]
    public void Train_Groups_AreLearnedFromOrHeldOutWhole()
    {
        RoutingRow[] rows = Learn[..600];
        string[] groups = [.. Enumerable.Range(0, rows.Length).Select(static i => $"{i / 3}")];

        RouterTrainingResult result = RouterTrainer.Train(
            rows, new RouterTrainingOptions { Kind = RouterKinds.Logistic }, groups: groups, cancellationToken: TestContext.Current.CancellationToken);

        Assert.InRange(result.HeldOut.Count, 30, 90);
        Assert.All(result.HeldOut.GroupBy(place => groups[place]), static group => Assert.Equal(3, group.Count()));
    }

    [Fact]
    public void Train_NoHardRow_SaysSo()
    {
        RoutingRow[] easy = [.. Learn.Where(static row => !row.Hard)];

        PicketException fault = Assert.Throws<PicketException>(() => Train(RouterKinds.Bayes, 1, easy));
        Assert.Contains("found 0 of", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_OddFeatures_NamesTheRow()
    {
        RoutingRow[] rows = [.. Learn[..50], Learn[50] with { Small = new GuardScore(0.5, new float[3]) }];

        PicketException fault = Assert.Throws<PicketException>(() => Train(RouterKinds.Bayes, 1, rows));
        Assert.Contains("found 3 in row 50", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_SeveralBadOptions_NamesThemTogether()
    {
        var options = new RouterTrainingOptions { Epochs = 0, PriorDeviation = 0, Kind = "entropy" };

        string message = Assert.Throws<PicketException>(() => RouterTrainer.Train(
            Learn, options, cancellationToken: TestContext.Current.CancellationToken)).Message;
        Assert.All(new[] { "epochs", "prior_deviation", "kind" }, key => Assert.Contains(key, message, StringComparison.Ordinal));
    }

    private static HardnessRouter AtShare(IHardness hardness, RoutingRow[] rows, double share) =>
        new(hardness, RouteCalibrator.Quantile([.. rows.Select(row => hardness.Measure(row.Small).Probability)], share));

    private static double F1(IRouter router, RoutingRow[] rows) =>
        RouterTrainer.RoutingF1(rows, [.. rows.Select(row => router.Decide(row.Small).Escalate)]);

    private static RouterModel Train(string kind, int epochs, RoutingRow[] rows, int threads = 0) => RouterTrainer.Train(
        rows,
        new RouterTrainingOptions { Kind = kind, Epochs = epochs, Threads = threads },
        cancellationToken: TestContext.Current.CancellationToken).Model;
}
