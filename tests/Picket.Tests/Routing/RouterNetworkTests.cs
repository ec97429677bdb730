namespace Picket.Tests.Routing;

public sealed class RouterNetworkTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(37, 19)]
    [InlineData(512, 128)]
    public void Run_ThreeLayers_EqualsTheSlowVersion(int inputs, int hidden)
    {
        var random = new Random(inputs);
        RouterLayer[] layers =
        [
            Layer(random, inputs, hidden, norm: true), Layer(random, hidden, hidden, norm: true), Layer(random, hidden, 2, norm: false),
        ];
        float[] input = Floats(random, inputs);
        float[] logits = new float[2];

        new RouterNetwork(layers).Run(input.AsSpan(0, inputs - 1), input.AsSpan(inputs - 1), logits);

        double[] expected = layers.Aggregate(input.Select(x => (double)x).ToArray(), Slow);
        Assert.All(expected.Zip(logits), pair => Assert.Equal(pair.First, pair.Second, 1e-4 * hidden));
    }

    [Fact]
    public void New_LayersThatDoNotFit_Throws()
    {
        var random = new Random(1);

        Assert.Throws<ArgumentException>(() => new RouterNetwork([]));
        Assert.Throws<ArgumentException>(() => new RouterNetwork([Layer(random, 3, 4, true), Layer(random, 5, 1, false)]));
        Assert.Throws<ArgumentException>(() => new RouterNetwork([Layer(random, 3, 1, true)]));
        Assert.Throws<ArgumentException>(() => new RouterNetwork([new RouterLayer([float.NaN], [0])]));
    }

    private static double[] Slow(double[] input, RouterLayer layer)
    {
        double[] sums = [.. layer.Bias.Select((bias, o) => bias + input.Select((x, i) => x * layer.Weights[(o * input.Length) + i]).Sum())];
        if (layer.Gain is null)
        {
            return sums;
        }

        double mean = sums.Average();
        double scale = 1 / Math.Sqrt(sums.Average(x => (x - mean) * (x - mean)) + RouterLayer.Epsilon);
        return [.. sums.Select((x, o) => Math.Max(0, ((x - mean) * scale * layer.Gain[o]) + layer.Shift![o]))];
    }

    private static RouterLayer Layer(Random random, int inputs, int outputs, bool norm) => new(
        Floats(random, inputs * outputs), Floats(random, outputs), norm ? Floats(random, outputs) : null, norm ? Floats(random, outputs) : null);

    private static float[] Floats(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
}
