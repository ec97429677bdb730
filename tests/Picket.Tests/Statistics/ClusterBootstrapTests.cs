using Picket.Evaluation;
using Picket.Statistics;

namespace Picket.Tests.Statistics;

public sealed class ClusterBootstrapTests
{
    [Fact]
    public void Student95_OfFreedoms_IsThatOfTheTables()
    {
        Assert.Equal(2.776, Normal.Student95(4), 0.01);
        Assert.Equal(2.262, Normal.Student95(9), 0.002);
        Assert.Equal(1.984, Normal.Student95(100), 0.001);
    }

    [Theory]
    [InlineData(0.0, 0.5)]
    [InlineData(1.959964, 0.975)]
    [InlineData(-1.0, 0.158655)]
    public void Below_OfPlaces_IsThatOfTheTables(double z, double share) => Assert.Equal(share, Normal.Below(z), 1e-6);

    [Fact]
    public void Intervals_OfMeans_CoverTheTrueOneNineteenTimesInTwenty()
    {
        var random = new Random(3);
        int covered = 0;
        for (int sample = 0; sample < 1000; sample++)
        {
            double[] values = [.. Enumerable.Range(0, 20).Select(_ => random.NextDouble())];
            Estimate mean = Mean(values, seed: sample);
            covered += mean.Low <= 0.5 && mean.High >= 0.5 ? 1 : 0;
        }

        Assert.InRange(covered, 930, 970);
    }

    [Fact]
    public void Intervals_SameSeed_AreTheSame()
    {
        double[] values = [1, 2, 3, 4, 5, 9];

        Assert.Equal(Mean(values, seed: 4), Mean(values, seed: 4));
        Assert.NotEqual(Mean(values, seed: 4), Mean(values, seed: 5));
    }

    [Fact]
    public void Intervals_FewClusters_HaveNoInterval() => Assert.Equal(new Estimate(2.5), Mean([1, 2, 3, 4], seed: 1));

    [Fact]
    public void Intervals_FigureThatIsNotDefined_IsNull() =>
        Assert.Null(ClusterBootstrap.Intervals(8, 1, static (_, values) => values[0] = double.NaN, 100, 1)[0]);

    private static Estimate Mean(double[] values, long seed) => ClusterBootstrap.Intervals(
        values.Length,
        1,
        (counts, figures) => figures[0] = counts.Zip(values, static (count, value) => count * value).Sum() / counts.Sum(),
        400,
        seed)[0]!;
}
