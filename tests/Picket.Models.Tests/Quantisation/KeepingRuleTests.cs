using Picket.Models.Quantisation;

namespace Picket.Models.Tests.Quantisation;

public sealed class KeepingRuleTests
{
    private static readonly Dictionary<string, double> s_damage = new() { ["a"] = 0.01, ["b"] = 0.5, ["c"] = 0.2, ["d"] = 0.02 };
    private readonly List<QuantisationStage> _stages = [];

    [Theory]
    [InlineData(1, "")]
    [InlineData(0.25, "b")]
    [InlineData(0.23, "b")]
    [InlineData(0.22, "b c")]
    [InlineData(0.02, "b c d")]
    [InlineData(0, "b c d a")]
    public async Task Apply_Tolerance_KeepsTheWorstUnitsThatItTakes(double tolerance, string kept)
    {
        KeepingOutcome outcome = await new KeepingRule(tolerance, Measure).ApplyAsync([.. s_damage.Keys]);

        Assert.Equal(kept.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), outcome.Kept.Keys.Order());
        Assert.InRange(outcome.Now.Mean, 0, tolerance);
        Assert.Equal(0.73, outcome.All.Mean, 1e-12);
    }

    [Fact]
    public async Task Apply_WithinTolerance_MeasuresOnce()
    {
        await new KeepingRule(1, Measure).ApplyAsync([.. s_damage.Keys]);

        Assert.Equal([QuantisationStage.AllQuantised], _stages);
    }

    private Task<LogOddsDifference> Measure(IReadOnlySet<string> quantised, QuantisationStage stage, string? unit)
    {
        _stages.Add(stage);
        double sum = Math.Round(quantised.Sum(static name => s_damage[name]), 12);
        return Task.FromResult(new LogOddsDifference(sum, sum));
    }
}
