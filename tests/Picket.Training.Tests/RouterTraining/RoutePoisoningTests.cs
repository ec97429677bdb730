using Picket.Data;
using Picket.Evaluation;
using Picket.Training.RouterTraining;

namespace Picket.Training.Tests.RouterTraining;

public sealed class RoutePoisoningTests
{
    private static readonly (Example Text, RoutingRow Row)[] s_rows =
    [
        .. Enumerable.Range(0, 120).Select(static i => (
            new Example { Id = $"r{i}", Prompt = $"a mild text, number {i}", Unsafe = i % 2 == 0 },
            new RoutingRow(new GuardScore((i % 10) / 10.0), LargeProbability: i % 2 == 0 ? 0.9 : 0.1, Unsafe: i % 2 == 0))),
    ];

    [Fact]
    public async Task RunAsync_RowsWithoutFeatures_LearnsFromTheScoreAlone()
    {
        var options = new RouterTrainingOptions { Kind = "logistic", UseScore = true, Seed = 1 };

        IReadOnlyList<RoutePoison> found = await new RoutePoisoning(new FeatureGuard(), options, budget: 0.25)
            .RunAsync(s_rows, s_rows, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([(0, 0), (0.01, 1), (0.05, 6), (0.1, 12)], found.Select(static poison => (poison.Share, poison.Rows)));
    }

    /// <summary>A guard with features, as the one is that the rows were scored out of fold for.</summary>
    private sealed class FeatureGuard : IGuard
    {
        public GuardDescription Description { get; } = new("features", "fake", FeatureWidth: 2);

        public ValueTask<IReadOnlyList<GuardScore>> ScoreAsync(IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken = default) =>
            new([.. inputs.Select(static input => new GuardScore(0.2, new[] { 1f, 2f }))]);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
