namespace Picket.Tests.Routing;

public sealed class BinomialBoundsTests
{
    [Theory]
    [InlineData(10, 0.05)]
    [InlineData(59, 0.1)]
    [InlineData(4000, 0.05)]
    public void Upper_NoneAndAllButOne_AreTheClosedForms(int n, double delta)
    {
        Assert.Equal(1 - Math.Pow(delta, 1.0 / n), BinomialBounds.Upper(0, n, delta), precision: 10);
        Assert.Equal(Math.Pow(1 - delta, 1.0 / n), BinomialBounds.Upper(n - 1, n, delta), precision: 10);
        Assert.Equal(1, BinomialBounds.Upper(n, n, delta));
    }

    [Theory]
    [InlineData(20, 0.15, 0.05)]
    [InlineData(500, 0.05, 0.05)]
    [InlineData(3000, 0.3, 0.1)]
    public void MostBelow_Binomial_IsTheLastCountWhoseTailIsSmall(int n, double share, double delta)
    {
        int most = BinomialBounds.MostBelow(n, share, delta);

        Assert.True(most < 0 || BinomialBounds.Cumulative(most, n, share) <= delta);
        Assert.True(BinomialBounds.Cumulative(most + 1, n, share) > delta);
    }

    [Fact]
    public void MostBelow_SmallHypergeometric_EqualsEnumeration()
    {
        // 4 calibration and 4 further rows: all 70 orders, the further ones as bits, counted from the outermost.
        int[] orders = [.. Enumerable.Range(0, 256).Where(bits => int.PopCount(bits) == 4)];
        foreach (double delta in new[] { 0.01, 0.02, 0.1, 0.25, 0.5, 0.9 })
        {
            int expected = -1;
            for (int k = 0; k < 4 && orders.Count(order => Beyond(order, k) > 2) <= delta * 70; k++)
            {
                expected = k;
            }

            Assert.Equal(expected, BinomialBounds.MostBelow(4, 4, 0.5, delta));
        }
    }

    [Fact]
    public void MostBelow_LongHorizon_ApproachesTheBinomial()
    {
        Assert.Equal(BinomialBounds.MostBelow(800, 0.15, 0.05), BinomialBounds.MostBelow(800, 10_000_000, 0.15, 0.05));
    }

    // Further rows before the (k + 1)-th calibration row.
    private static int Beyond(int order, int k)
    {
        int further = 0;
        int calibration = 0;
        for (int place = 0; place < 8; place++)
        {
            bool isFurther = (order >> place & 1) == 1;
            further += isFurther ? 1 : 0;
            calibration += isFurther ? 0 : 1;
            if (calibration == k + 1)
            {
                return further;
            }
        }

        return further;
    }
}
