using Picket.Statistics;

namespace Picket.Tests.Statistics;

public sealed class TestsOfGapsTests
{
    [Fact]
    public void PValue_FewDifferences_IsExact()
    {
        // Of the 16 signs of 1, 1, 1, 1 two have a sum as far from 0.
        Assert.Equal(2 / 16.0, PairedPermutation.PValue([1, 1, 1, 1, 0, 0]));
        Assert.Equal(1, PairedPermutation.PValue([1, -1]));
        Assert.Equal(1, PairedPermutation.PValue([0, 0]));
    }

    [Fact]
    public void PValue_ManyDifferences_IsCloseToTheExactOne()
    {
        // 20 signs, 15 of them up: the two-sided sign test.
        double[] differences = [.. Enumerable.Repeat(1.0, 15), .. Enumerable.Repeat(-1.0, 5)];

        Assert.Equal(0.04139, PairedPermutation.PValue(differences, 200_000, seed: 1), 0.002);
    }

    [Fact]
    public void PValue_NoGap_RejectsInOneOfTwenty()
    {
        var random = new Random(9);
        int rejected = Enumerable.Range(0, 1000).Count(seed =>
            PairedPermutation.PValue([.. Enumerable.Range(0, 30).Select(_ => random.NextDouble() - 0.5)], 400, seed) <= 0.05);

        Assert.InRange(rejected, 30, 65);
    }

    // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm").
    [Fact]
    public void Adjust_Values_IsThatOfR()
    {
        double[] expected = [0.03, 0.06, 0.06, 0.02];

        Assert.All(Holm.Adjust([0.01, 0.04, 0.03, 0.005]).Zip(expected), static pair => Assert.Equal(pair.Second, pair.First, 1e-12));
    }

    [Fact]
    public void Of_Counts_IsKappa()
    {
        // The textbook example, 0.4.
        Assert.Equal(0.4, CohenKappa.Of(both: 20, neither: 15, onlyFirst: 5, onlySecond: 10)!.Value, 1e-12);
        Assert.Null(CohenKappa.Of(both: 1, neither: 0, onlyFirst: 1, onlySecond: 0));
    }

    [Fact]
    public void PairsFor_Gap_IsTheUsualFormula()
    {
        Assert.Equal(785, Power.PairsFor(0.5, 0.05));
        Assert.Equal(0.05, Power.GapFor(0.5, 785), 1e-4);
    }
}
