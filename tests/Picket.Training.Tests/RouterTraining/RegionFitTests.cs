using Picket.Compute;
using Picket.Training.RouterTraining;

namespace Picket.Training.Tests.RouterTraining;

public sealed class RegionFitTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(90)]
    public void Fit_GaussianFeatures_ContainsTheShareOfNewRowsAndNoFarOne(int width)
    {
        FeatureRegion region = Fit(width, 0.95);
        RoutingRow[] rows = Rows(width, 3000, seed: 2);

        double inside = rows.Count(row => region.Contains(row.Small.Features.Span)) / 3000.0;
        Assert.InRange(inside, 0.92, 0.98);
        Assert.False(region.Contains([.. Enumerable.Repeat(100f, width)]));
    }

    [Fact]
    public void SquaredDistance_AllDirections_IsMahalanobis()
    {
        // Feature k has deviation 1 + k / 2; mean 1.
        FeatureRegion region = Fit(4, 0.95);

        double distance = region.SquaredDistance([2f, 1f, 1f, 1f]);
        Assert.InRange(distance, 0.9, 1.1);
        Assert.InRange(region.SquaredDistance([1f, 1f, 1f, 6f]), 25 / (2.5 * 2.5) * 0.9, 25 / (2.5 * 2.5) * 1.1);
    }

    [Fact]
    public void Fit_TooFewHeldOutRows_GivesNone()
    {
        RoutingRow[] rows = Rows(5, 200, seed: 1);
        var options = new RouterTrainingOptions();
        using var data = new RouterData(rows, options);
        using var context = new ComputeContext(new ComputeOptions { Threads = 1 });

        Assert.Null(RegionFit.Fit(data, rows, 0.99, context));
    }

    private static FeatureRegion Fit(int width, double share)
    {
        RoutingRow[] rows = Rows(width, 6000, seed: 1);
        using var data = new RouterData(rows, new RouterTrainingOptions());
        using var context = new ComputeContext(new ComputeOptions { Threads = 2 });
        return RegionFit.Fit(data, rows, share, context)!;
    }

    private static RoutingRow[] Rows(int width, int count, int seed)
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            float[] features = [.. Enumerable.Range(0, width).Select(k => 1 + (float)(Normal() * (1 + (k / 2.0))))];
            return new RoutingRow(new GuardScore(i % 4 == 0 ? 0.9 : 0.1, features), 0.1, Unsafe: false);
        })];
    }
}
