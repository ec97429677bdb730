using Picket.Fairness;

namespace Picket.Tests.Fairness;

public sealed class AucTests
{
    [Fact]
    public void Of_RandomSamplesWithTies_IsTheShareOfPairs()
    {
        var random = new Random(5);
        for (int i = 0; i < 50; i++)
        {
            double[] low = Draw(random), high = Draw(random);
            double wins = high.Sum(h => low.Sum(l => h > l ? 1.0 : h == l ? 0.5 : 0));

            Assert.Equal(wins / (low.Length * high.Length), Auc.Of(low, high)!.Value, 1e-12);
        }
    }

    [Fact]
    public void Of_EmptySample_IsNotDefined() => Assert.Null(Auc.Of([], [0.5]));

    private static double[] Draw(Random random) => [.. Enumerable.Range(0, random.Next(1, 20)).Select(_ => random.Next(8) / 8.0).Order()];
}
