namespace Picket.Cli.Tests.Training;

public sealed class CurveTests
{
    [Fact]
    public void Thin_ShortCurve_IsItself()
    {
        var curve = new Curve([1, 2, 3], [1, 2, 3]);

        Assert.Same(curve, curve.Thin(3));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(1501)]
    [InlineData(20_000)]
    public void Thin_LongCurve_KeepsEndsOrderAndExtremes(int count)
    {
        var random = new Random(count);
        double[] values = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
        values[count / 3] = 50;
        values[count / 2] = -50;

        Curve thin = new Curve([.. Enumerable.Range(1, count).Select(static step => (long)step)], values).Thin(10);

        Assert.InRange(thin.Steps.Count, 4, 10);
        Assert.Equal((1, count, 50, -50), (thin.Steps[0], thin.Steps[^1], thin.Values.Max(), thin.Values.Min()));
        Assert.Equal(thin.Steps.Order(), thin.Steps);
        Assert.All(thin.Steps.Zip(thin.Values), point => Assert.Equal(values[(int)point.First - 1], point.Second));
    }

    [Fact]
    public void Smooth_Constant_StaysFromTheFirstPointOn()
    {
        Curve smooth = new Curve([.. Enumerable.Range(1, 500).Select(static step => (long)step)], [.. Enumerable.Repeat(0.7, 500)]).Smooth();

        Assert.All(smooth.Values, static value => Assert.Equal(0.7, value, 9));
    }

    [Fact]
    public void Of_UnknownValues_AreLeftOut()
    {
        var curve = Curve.Of<double?>([1, null, 3], static value => (long)(value ?? 2), static value => value);

        Assert.Equal([1, 3], curve.Steps);
    }
}
