using Picket.Evaluation;

namespace Picket.Tests.Evaluation;

public sealed class BootstrapTests
{
    private static readonly MetricsOptions Options = new() { Seed = 11, Resamples = 200 };

    [Theory]
    [InlineData("plain")]
    [InlineData("ties")]
    [InlineData("imbalance")]
    [InlineData("tiny")]
    public void Resample_CountsOverSortedGroups_EqualsResamplesWrittenOut(string name)
    {
        ScoredLabel[] rows = ReferenceCase.Get(name).Rows;

        double[][] found = Bootstrap.Resample(ScoreTable.Create(rows), Options, TestContext.Current.CancellationToken);

        for (int resample = 0; resample < found.Length; resample++)
        {
            SplitMix64 random = SplitMix64.ForResample(Options.Seed, resample);
            var drawn = new ScoredLabel[rows.Length];
            for (int i = 0; i < drawn.Length; i++)
            {
                drawn[i] = rows[random.Next(rows.Length)];
            }

            GuardMetrics expected = Compute(drawn, new MetricsOptions { Resamples = 0 });
            Assert.Equal(
                Enum.GetValues<Metric>().Select(metric => expected.Get(metric)?.Value ?? double.NaN), found[resample]);
        }
    }

    [Fact]
    public void Compute_AnyNumberOfThreads_GivesTheSameIntervals()
    {
        ScoredLabel[] rows = ReferenceCase.Get("plain").Rows;

        GuardMetrics one = Compute(rows, Options with { Threads = 1 });
        GuardMetrics seven = Compute(rows, Options with { Threads = 7 });

        Assert.Equal(one, seven);
    }

    [Fact]
    public void Compute_AnotherSeed_GivesOtherIntervalsAndTheSameFigures()
    {
        ScoredLabel[] rows = ReferenceCase.Get("plain").Rows;

        Estimate first = Compute(rows, Options).Auprc!;
        Estimate second = Compute(rows, Options with { Seed = 12 }).Auprc!;

        Assert.NotEqual(first, second);
        Assert.Equal(first.Value, second.Value);
    }

    [Fact]
    public void Compute_PlainRows_IntervalsHoldTheFigures()
    {
        GuardMetrics metrics = Compute(ReferenceCase.Get("plain").Rows, Options);

        Assert.All(Enum.GetValues<Metric>(), metric =>
        {
            Estimate figure = metrics.Get(metric)!;
            Assert.InRange(figure.Value, figure.Low!.Value, figure.High!.Value);
        });
    }

    [Fact]
    public void Compute_Accuracy_IntervalIsNearTheNormalOne()
    {
        ScoredLabel[] rows = ReferenceCase.Get("plain").Rows;

        Estimate accuracy = Compute(rows, Options with { Resamples = 4000 }).Accuracy!;

        double halfWidth = 1.96 * Math.Sqrt(accuracy.Value * (1 - accuracy.Value) / rows.Length);
        Assert.Equal(halfWidth, (accuracy.High!.Value - accuracy.Low!.Value) / 2, 0.005);
    }

    [Fact]
    public void Compute_Cancelled_Throws()
    {
        ScoredLabel[] rows = ReferenceCase.Get("plain").Rows;

        Assert.ThrowsAny<OperationCanceledException>(() => GuardMetrics.Compute(rows, Options, new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(0.5, 2.5)]
    [InlineData(0.975, 3.925)]
    [InlineData(1, 4.0)]
    public void PercentileOf_FourValues_InterpolatesAsNumpy(double share, double expected)
    {
        Assert.Equal(expected, Percentile.Of([1, 2, 3, 4], share), 1e-12);
    }

    private static GuardMetrics Compute(IReadOnlyList<ScoredLabel> rows, MetricsOptions? options = null) =>
        GuardMetrics.Compute(rows, options, TestContext.Current.CancellationToken);
}
