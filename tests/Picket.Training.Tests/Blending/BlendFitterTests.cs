using Picket.Training.Blending;

namespace Picket.Training.Tests.Blending;

public sealed class BlendFitterTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 0.5, 0.5)]
    [InlineData(-1, 1.2, 0.3)]
    [InlineData(0.7, 0.1, 2)]
    public void Fit_RowsOfAKnownBlend_RecoversIt(double offset, double one, double two)
    {
        BlendFit fit = BlendFitter.Fit(BlendRows.Draw(20_000, offset, [one, two]), Token);

        Assert.Equal(offset, fit.Offset, 0.08);
        Assert.Equal([one, two], fit.Weights, static (x, y) => Math.Abs(x - y) < 0.06);
        Assert.Empty(fit.LeftOut);
    }

    [Fact]
    public void Fit_Found_IsWhereThePenalisedLossIsLeast()
    {
        BlendRow[] rows = BlendRows.Draw(300, 0.3, [0.8, 0.2, 0.4]);
        BlendFit fit = BlendFitter.Fit(rows, Token);
        double[] found = [fit.Offset, .. fit.Weights];
        double least = Loss(rows, found);

        for (int i = 0; i < found.Length; i++)
        {
            foreach (double change in (double[])[-1e-3, 1e-3])
            {
                double[] beside = [.. found];
                beside[i] += change;
                Assert.True(Loss(rows, beside) > least, $"value {i} changed by {change}");
            }
        }
    }

    [Fact]
    public void Fit_MemberThatPointsTheOtherWay_IsLeftOut()
    {
        BlendRow[] rows = BlendRows.Draw(2000, 0, [1, -0.5, 0.3]);

        BlendFit fit = BlendFitter.Fit(rows, Token);

        BlendFit without = BlendFitter.Fit([.. rows.Select(static row => row with { Logits = [row.Logits[0], row.Logits[2]] })], Token);
        Assert.Equal([1], fit.LeftOut);
        Assert.Equal([without.Weights[0], 0, without.Weights[1]], fit.Weights);
        Assert.Equal(without.Offset, fit.Offset);
    }

    [Fact]
    public void Fit_AllMembersPointTheOtherWay_LeavesTheOffset()
    {
        BlendFit fit = BlendFitter.Fit(BlendRows.Draw(2000, -1, [-1, -1]), Token);

        Assert.Equal([0.0, 0.0], fit.Weights);
        Assert.Equal([0, 1], fit.LeftOut.Order());
    }

    [Fact]
    public void Fit_MembersThatAgreeOnEverything_ShareTheWeight()
    {
        BlendRow[] rows = BlendRows.Draw(500, 0, [1]);

        BlendFit fit = BlendFitter.Fit([.. rows.Select(static row => row with { Logits = [row.Logits[0], row.Logits[0]] })], Token);

        Assert.Equal(fit.Weights[0], fit.Weights[1], 1e-9);
    }

    [Fact]
    public void Fit_SeparableSaturatedRows_StaysFinite()
    {
        BlendRow[] rows = [.. Enumerable.Range(0, 60).Select(static i => new BlendRow($"text {i}", i % 2 == 0, i % 2 == 0 ? [30, 30] : [-30, -30]))];

        BlendFit fit = BlendFitter.Fit(rows, Token);

        Assert.All(fit.Weights, static weight => Assert.InRange(weight, 0.01, 2));
        Assert.InRange(fit.Offset, -1, 1);
        Assert.Equal(1, fit.Blend.Auprc);
    }

    [Fact]
    public void Fit_Twice_IsTheSameBitForBit()
    {
        BlendRow[] rows = BlendRows.Draw(400, 0.1, [0.4, 0.9]);

        Assert.Equivalent(BlendFitter.Fit(rows, Token), BlendFitter.Fit(rows, Token), strict: true);
    }

    [Fact]
    public void Fit_CrossValidated_OwesNothingToTheRowsOfItsPart()
    {
        BlendRow[] rows = BlendRows.Draw(400, 0, [1, 0.5]);
        int[] folds = BlendFitter.AssignFolds([.. rows.Select(static row => (row.Prompt, row.Unsafe))]);
        BlendRow[] turned = [.. rows.Select((row, i) => folds[i] == 2 ? row with { Unsafe = !row.Unsafe } : row)];

        BlendFit before = BlendFitter.Fit(rows, Token);
        BlendFit after = BlendFitter.Fit(turned, Token);

        Assert.All(folds, (fold, i) => Assert.Equal(fold == 2, before.CrossValidated[i] == after.CrossValidated[i]));
        Assert.True(after.Blend.LogLoss > before.Blend.LogLoss);
    }

    [Fact]
    public void Fit_ComplementaryMembers_BeatsEachAlone()
    {
        BlendFit fit = BlendFitter.Fit(BlendRows.Draw(2000, 0, [0.8, 0.8]), Token);

        Assert.All(fit.Members, member => Assert.True(fit.Blend.LogLoss < member.LogLoss && fit.Blend.Auprc > member.Auprc));
    }

    [Fact]
    public void Fit_OneClass_IsRefused()
    {
        BlendRow[] rows = [.. BlendRows.Draw(50, 0, [1, 1]).Select(static row => row with { Unsafe = false })];

        Assert.Equal(
            "expected safe and unsafe rows to blend on in 50 rows, found one class; give more data",
            Assert.Throws<PicketException>(() => BlendFitter.Fit(rows, Token)).Message);
    }

    [Fact]
    public void Fit_ClassOfOnePrompt_IsRefused()
    {
        BlendRow[] rows = [.. Enumerable.Range(0, 50).Select(static i => new BlendRow(i < 5 ? "same" : $"text {i}", i < 5, [0, 0]))];

        Assert.Contains("without one part of 5", Assert.Throws<PicketException>(() => BlendFitter.Fit(rows, Token)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_Cancelled_Throws() => Assert.Throws<OperationCanceledException>(
        () => BlendFitter.Fit(BlendRows.Draw(100, 0, [1, 1]), new CancellationToken(canceled: true)));

    /// <summary>The loss as its definition says, for weights that are all above 0.</summary>
    private static double Loss(BlendRow[] rows, double[] values)
    {
        double[] weights = values[1..];
        double penalty = (0.5e-3 * values[0] * values[0]) + (0.5 * weights.Sum(weight => Math.Pow(weight - (1.0 / weights.Length), 2)));
        return penalty + rows.Sum(row =>
        {
            double probability = 1 / (1 + Math.Exp(-(values[0] + row.Logits.Zip(weights, static (logit, weight) => logit * weight).Sum())));
            return -Math.Log(row.Unsafe ? probability : 1 - probability);
        });
    }
}
