using Picket.Evaluation;

namespace Picket.Tests.Evaluation;

public sealed class GuardMetricsTests
{
    private static readonly MetricsOptions NoIntervals = new() { Resamples = 0 };

    public static TheoryData<string> Cases => [.. ReferenceCase.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Compute_ReferenceCase_EqualsScikitLearn(string name)
    {
        ReferenceCase reference = ReferenceCase.Get(name);

        GuardMetrics metrics = Compute(reference.Rows, NoIntervals with { Threshold = reference.Threshold });

        foreach (Metric metric in Enum.GetValues<Metric>())
        {
            double? expected = reference.Value(metric);
            double? found = metrics.Get(metric)?.Value;
            Assert.True(
                expected is null ? found is null : Math.Abs(expected.Value - found!.Value) <= 1e-12,
                $"{metric}: expected {expected}, found {found}");
        }
    }

    [Fact]
    public void Compute_RowsInAnotherOrder_GivesTheSameFigures()
    {
        ScoredLabel[] rows = ReferenceCase.Get("ties").Rows;
        ScoredLabel[] shuffled = [.. rows];
        new Random(3).Shuffle(shuffled);

        Assert.Equal(Compute(rows, NoIntervals), Compute(shuffled, NoIntervals));
    }

    [Fact]
    public void Compute_OnlySafeRows_LeavesFalsePositiveRateOnly()
    {
        GuardMetrics metrics = Compute(ReferenceCase.Get("only_safe").Rows);

        Metric[] defined = [.. Enum.GetValues<Metric>().Where(metric => metrics.Get(metric) is not null)];

        Assert.Equal([Metric.FalsePositiveRate], defined);
        Assert.NotNull(metrics.FalsePositiveRate!.Low);
    }

    [Fact]
    public void Compute_NoRows_LeavesNothing()
    {
        GuardMetrics metrics = Compute([]);

        Assert.All(Enum.GetValues<Metric>(), metric => Assert.Null(metrics.Get(metric)));
        Assert.Equal(0, metrics.Rows);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    public void Compute_ProbabilityOutOfRange_NamesTheRow(double probability)
    {
        ScoredLabel[] rows = [new(0.5, true), new(probability, false)];

        var fault = Assert.Throws<PicketException>(() => Compute(rows));

        Assert.StartsWith("row 2, unsafe probability: found", fault.Message);
    }

    [Fact]
    public void Compute_NegativeZero_CountsAsZero()
    {
        ScoredLabel[] rows = [new(-0.0, true), new(0.0, false)];

        GuardMetrics metrics = Compute(rows, NoIntervals);

        Assert.Equal(0.5, metrics.Auroc!.Value);
    }

    [Fact]
    public void Compute_ThresholdOutOfRange_Throws()
    {
        var fault = Assert.Throws<PicketException>(() => Compute([], new MetricsOptions { Threshold = 1.5 }));

        Assert.Equal("threshold: found 1.5, expected 0 to 1", fault.Message);
    }

    [Fact]
    public void MacroMean_FigureUndefinedInOneSet_AveragesTheOthers()
    {
        GuardMetrics[] sets =
        [
            new() { Rows = 10, UnsafeRows = 4, Recall = new Estimate(0.5, 0.4, 0.6), FalsePositiveRate = new Estimate(0.1) },
            new() { Rows = 5, UnsafeRows = 5, Recall = new Estimate(1) },
        ];

        GuardMetrics mean = GuardMetrics.MacroMean(sets);

        Assert.Equal(new GuardMetrics { Rows = 15, UnsafeRows = 9, Recall = new Estimate(0.75), FalsePositiveRate = new Estimate(0.1) }, mean);
    }

    private static GuardMetrics Compute(IReadOnlyList<ScoredLabel> rows, MetricsOptions? options = null) =>
        GuardMetrics.Compute(rows, options, TestContext.Current.CancellationToken);
}
