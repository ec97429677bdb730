using Picket.Evaluation;

namespace Picket.Tests.Evaluation;

public sealed class BreakdownTests
{
    private static readonly MetricsOptions Options = new() { Resamples = 20 };

    [Fact]
    public void Compute_SmallGroup_HasFiguresWithoutIntervals()
    {
        IEnumerable<(string?, ScoredLabel)> rows = Rows("big", 10).Concat(Rows("small", 9));

        var breakdown = Breakdown.Compute(rows, Options, TestContext.Current.CancellationToken);

        Assert.Equal(["big", "small"], breakdown.Groups.Select(group => group.Name));
        Assert.NotNull(breakdown.Groups[0].Metrics.Recall!.Low);
        Assert.Null(breakdown.Groups[1].Metrics.Recall!.Low);
    }

    [Fact]
    public void Compute_RowsWithoutName_AreInNoGroup()
    {
        var breakdown = Breakdown.Compute(Rows(null, 12), Options, TestContext.Current.CancellationToken);

        Assert.Empty(breakdown.Groups);
    }

    [Fact]
    public void Compute_ManyGroups_ListsTheLargestAndCountsTheRest()
    {
        IEnumerable<(string?, ScoredLabel)> rows = Enumerable.Range(1, 53).SelectMany(size => Rows($"g{size}", size));

        var breakdown = Breakdown.Compute(rows, Options with { Resamples = 0 }, TestContext.Current.CancellationToken);

        Assert.Equal(50, breakdown.Groups.Count);
        Assert.Equal("g53", breakdown.Groups[0].Name);
        Assert.Equal(3, breakdown.GroupsLeftOut);
    }

    private static IEnumerable<(string? Name, ScoredLabel Row)> Rows(string? name, int count) =>
        Enumerable.Range(0, count).Select(i => (name, new ScoredLabel(i % 2, true)));
}
