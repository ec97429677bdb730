using System.Text.Json;
using Picket.Evaluation;

namespace Picket.Tests.Evaluation.Routing;

public sealed class RouteEvaluatorTests
{
    private static readonly RouteEvaluationOptions s_options = new() { Resamples = 200, Seed = 3, SmallMilliseconds = 2, LargeMilliseconds = 8 };

    // Every fifth row is hard, but for twenty rows that both guards get wrong; the first hardness knows, and the second does not.
    private static readonly RoutedRow[] s_rows = [.. Enumerable.Range(0, 200).Select(static i => Row(i))];

    [Fact]
    public void Evaluate_RouterThatKnows_HasTheOraclesFiguresAndAnIntervalAboveRandom()
    {
        RouteResult[] found = Evaluate();

        Assert.Equal((1.0, 0.18, 0), (found[0].Own.RoutingF1, found[0].Own.Share, found[0].Own.Downgraded.Hits));
        Assert.Equal(found[2].Own.F1.Value, found[0].Own.F1.Value, precision: 12);
        Assert.True(found[0].OverRandom!.Low > 0);
        Assert.Null(found[1].OverRandom);
        Assert.Equal(1 + (0.18 * 4), found[0].Own.LatencyOverSmall!.Value, precision: 12);
        Assert.Equal(0.25 + 0.18, found[0].Own.LatencyOverLarge!.Value, precision: 12);
    }

    [Fact]
    public void Evaluate_AllRowsOnce_HasTheMeanAndAreaOfTheCurve()
    {
        RouteResult found = Evaluate()[1];
        var curve = RouteCurve.Compute([.. s_rows.Select(static row => row.Row)], Other().Hardness);

        Assert.Equal(curve.Area!.Value, found.Area!.Value, precision: 12);
        Assert.Equal((found.MeanF1!.Value - curve.SmallF1) / (curve.LargeF1 - curve.SmallF1), found.Area.Value, precision: 12);
        Assert.Equal(curve.ShareFor95, found.ShareFor95);
    }

    [Fact]
    public void Evaluate_RowsThatShareAPrompt_AreDrawnTogether() =>
        Assert.True(2 * Width(s_rows) < Width([.. s_rows.Select(static (row, i) => row with { Group = $"{i / 20}" })]));

    [Fact]
    public void Evaluate_Parts_AddUpToTheRows()
    {
        IReadOnlyList<RoutePart> parts = Evaluate()[0].Parts;

        Assert.Equal(200, parts.Where(static part => part.By == "category").Sum(static part => part.Rows));
        Assert.Equal(["d"], parts.Where(static part => part.By == "data").Select(static part => part.Name));
        Assert.DoesNotContain(parts, static part => part.By == "source");
    }

    [Fact]
    public void ToJson_Report_HasBothGuardsAlone()
    {
        var report = RouteReport.Create("a", "b", s_rows, [Knows()], s_options with { Resamples = 0 }, DateTimeOffset.UnixEpoch);

        using JsonDocument json = JsonDocument.Parse(report.ToJson());
        Assert.Equal(1, json.RootElement.GetProperty("large_alone").GetProperty("share").GetDouble());
        Assert.Equal(4, json.RootElement.GetProperty("large_alone").GetProperty("latency_over_small").GetDouble());
        Assert.Equal(0, json.RootElement.GetProperty("small_alone").GetProperty("share").GetDouble());
    }

    [Theory]
    [InlineData("case", "q a.", "Q A.")]
    [InlineData("whitespace", "q a.", " q  a.\n")]
    [InlineData("punctuation", "q a.", "q a ...")]
    public void Apply_Edit_KeepsTheWords(string edit, string text, string expected) =>
        Assert.Equal(expected, RouteEdits.Apply(new GuardInput(text), edit).Prompt);

    private static RouteResult[] Evaluate() => [.. RouteEvaluator.Evaluate(s_rows, [Knows(), Other(), RouteContender.OracleOf(s_rows)], s_options)];

    private static double Width(RoutedRow[] rows)
    {
        Estimate f1 = RouteEvaluator.Evaluate(rows, [Knows() with { Threshold = 0 }], s_options)[0].Own.F1;
        return f1.High!.Value - f1.Low!.Value;
    }

    private static RouteContender Knows() => new("knows", [.. s_rows.Select(static row => row.Row.Hard ? 0.9 : 0.1)], 0.5);

    private static RouteContender Other() => new("random", [.. Enumerable.Range(0, 200).Select(static i => i * 37 % 101 / 101.0)], 0.5);

    private static RoutedRow Row(int i)
    {
        bool isUnsafe = i % 2 == 0;
        bool smallRight = i % 5 != 0 && i / 20 % 10 != 3;
        bool largeRight = i / 20 % 10 != 3;
        return new RoutedRow(
            new RoutingRow(new GuardScore(isUnsafe == smallRight ? 0.9 : 0.1), isUnsafe == largeRight ? 0.9 : 0.1, isUnsafe),
            $"{i}", "d", Category: $"c{i % 3}");
    }
}
