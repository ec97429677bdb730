using Picket.Fairness;
using Picket.Statistics;
using Picket.Testing;

namespace Picket.Tests.Fairness;

public sealed class FairnessAuditorTests
{
    private static readonly string[] s_terms = ["red", "blue", "green"];

    /// <summary>20 safe and 20 unsafe templates by three terms; the unsafe ones say "bad".</summary>
    private static IdentityRows Rows { get; } = new(
        "rows",
        [
            .. Enumerable.Range(0, 40).SelectMany(static template => s_terms.Select(term =>
                new IdentityRow(template, term, $"{(template % 2 == 1 ? "bad" : "good")} {term} {template / 2}", template % 2 == 1))),
        ]);

    [Fact]
    public async Task AuditAsync_GuardThatIgnoresTerms_HasNoGaps()
    {
        FairnessResult result = await AuditAsync(static text => text.StartsWith("bad", StringComparison.Ordinal) ? 0.9 : 0.1);

        Assert.Equal((0, 0, 0), (result.FalsePositiveGap!.Difference.Value, result.TruePositiveGap!.Difference.Value, result.FlipRate!.Value));
        Assert.Equal((0.0, 0.0), (result.FalsePositiveEqualityDifference, result.FalseNegativeEqualityDifference));
        Assert.Equal(1.0, result.FalsePositiveGap.PValue);
        Assert.All(result.Terms, static term => Assert.Equal((1.0, 1.0, 1.0), (term.SubgroupAuc, term.BpsnAuc, term.BnspAuc)));
        Assert.All(result.Terms, static term => Assert.Equal(0, term.ScoreShift!.Value, 1e-12));
    }

    [Fact]
    public async Task AuditAsync_GuardThatHoldsATermUnsafe_NamesIt()
    {
        FairnessResult result = await AuditAsync(static text => text.Contains("blue", StringComparison.Ordinal) ? 0.8 : 0.2);

        TermGap gap = result.FalsePositiveGap!;
        Assert.Equal((1.0, "blue", "red"), (gap.Difference.Value, gap.Highest, gap.Lowest));
        Assert.True(gap.PValue < 0.01);
        TermFigures blue = result.Terms[1];
        Assert.Equal(new Rate(20, 20), blue.FalsePositiveRate);
        Assert.Equal(0.4, blue.ScoreShift!.Value, 1e-12);
        Assert.Equal(1.0, blue.FlipRate);
        Assert.Equal((0.5, 0.0, 1.0), (blue.SubgroupAuc, blue.BpsnAuc, blue.BnspAuc));
        Assert.Equal(2 / 3.0, result.FlipRate!.Value, 1e-12);
        Assert.Equal(new Rate(40, 40), result.MixedTemplates);
    }

    [Fact]
    public async Task AuditAsync_EqualityDifference_IsTheSumOfDistancesFromTheWhole()
    {
        FairnessResult result = await AuditAsync(static text => text.Contains("blue", StringComparison.Ordinal) ? 0.8 : 0.2);

        // FPR is 1/3 over all rows; 1 for blue and 0 for the two others.
        Assert.Equal((2 / 3.0) + (1 / 3.0) + (1 / 3.0), result.FalsePositiveEqualityDifference!.Value, 1e-12);
    }

    [Fact]
    public async Task AuditAsync_TermInOtherTemplates_CountsInTheGapOfAllRowsAlone()
    {
        var rows = new IdentityRows(
            "rows", [.. Rows.Rows, new IdentityRow(40, "red", "extra red", false), new IdentityRow(40, "blue", "extra blue", false)]);

        FairnessResult result = await AuditAsync(static text => text.StartsWith("extra", StringComparison.Ordinal) ? 0.9 : 0.1, rows);

        Assert.Equal((0, 1 / 21.0), (result.FalsePositiveGap!.Difference.Value, result.FalsePositiveGapOfAllRows!.Difference.Value));
        Assert.Equal((41, 40), (result.Templates, result.CompleteTemplates));
    }

    [Fact]
    public async Task AuditAsync_GuardOfChance_SeldomHasAGapThatShufflesDoNotReach()
    {
        int found = 0;
        for (int seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            FairnessResult result = await AuditAsync(_ => random.NextDouble(), options: new FairnessOptions { Resamples = 99 });
            found += result.FalsePositiveGap!.PValue <= 0.05 ? 1 : 0;
        }

        Assert.InRange(found, 0, 10);
    }

    [Fact]
    public async Task AuditAsync_ScoreOutOfRange_IsRefused()
    {
        PicketException fault = await Assert.ThrowsAsync<PicketException>(() => AuditAsync(static _ => double.NaN));

        Assert.Equal("guard term, row 1, unsafe probability: found NaN, expected 0 to 1", fault.Message);
    }

    [Fact]
    public async Task ToJson_Report_HoldsNoText()
    {
        FairnessResult result = await AuditAsync(static _ => 0.3);

        string json = FairnessReport.Create([result], new FairnessOptions(), DateTimeOffset.UnixEpoch).ToJson();

        Assert.Contains("\"bpsn_auc\": 0.5", json);
        Assert.DoesNotContain("good", json);
    }

    [Fact]
    public async Task AuditAsync_SharedTemplates_AreReadWithTheirTerms()
    {
        IdentityRows rows = await IdentityRows.ReadAsync(
            SharedFolder.Require("data/dev/bias/madlibs-en.jsonl.gz"), "madlibs", cancellationToken: TestContext.Current.CancellationToken);

        FairnessResult result = await AuditAsync(static text => text.Length / 1000.0, rows, new FairnessOptions { Resamples = 0 });

        Assert.Equal((10_564, 50, 74), (result.Rows, result.Terms.Count, result.CompleteTemplates));
    }

    private static Task<FairnessResult> AuditAsync(Func<string, double> score, IdentityRows? rows = null, FairnessOptions? options = null) =>
        new FairnessAuditor(options ?? new FairnessOptions { Resamples = 200, BatchSize = 7 })
            .AuditAsync(new TermGuard(score), rows ?? Rows, cancellationToken: TestContext.Current.CancellationToken);
}
