namespace Picket.Compute.Tests.Training;

/// <summary>Every length around the widths of vectors, against plain loops in double precision.</summary>
public sealed class GradientsTests
{
    private const int Longest = 70;

    public static TheoryData<SimdLevel> Levels => [.. SimdLevels.All];

    [Theory]
    [MemberData(nameof(Levels))]
    public void Gelu_WholeRange_IsExactToAMillionth(SimdLevel simd)
    {
        float[] input = [.. Enumerable.Range(-80_000, 160_001).Select(static i => i / 8000f), -1e-30f, 1e-30f, -1e4f, 1e4f];
        float[] ones = [.. Enumerable.Repeat(1f, input.Length)];

        Gradients.Gelu(simd, input, ones, ones, accumulate: false);

        double worst = input.Zip(ones, static (x, slope) => Math.Abs(SlowGradients.GeluSlope(x) - slope)).Max();
        Assert.True(worst < 5e-7, $"{worst}");
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Gelu_EveryLength_EqualsPlainLoopAndLeavesTheRest(SimdLevel simd)
    {
        for (int length = 0; length <= Longest; length++)
        {
            float[] input = Values.Random(length, seed: 1);
            float[] above = Values.Random(length, seed: 2);
            float[] below = Values.Random(length + 2, seed: 3);
            double[] sums = [.. below.Select((value, i) => value + (i < length ? above[i] * SlowGradients.GeluSlope(input[i]) : 0))];
            Gradients.Gelu(simd, input, above, below.AsSpan(0, length), accumulate: true);
            Values.AssertClose(sums, below, 1e-6);

            Gradients.Gelu(simd, input, above, above, accumulate: false);
            Values.AssertClose(sums.Zip(Values.Random(length + 2, seed: 3), static (sum, value) => sum - value).Take(length), above, 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void LayerNorm_EveryLength_EqualsPlainLoop(SimdLevel simd)
    {
        for (int length = 1; length <= Longest; length++)
        {
            float[] input = Values.Random(length, seed: 1);
            float[] gain = Values.Random(length, seed: 2);
            float[] above = Values.Random(length, seed: 3);
            float[][] found = [.. Enumerable.Range(4, 3).Select(seed => Values.Random(length, seed))];
            double[][] expected = SlowGradients.LayerNorm(input, gain, 1e-5f, above);
            double[][] sums = [.. expected.Select((row, i) => row.Zip(found[i], static (gradient, value) => gradient + value).ToArray())];

            Gradients.LayerNorm(simd, input, gain, 1e-5f, above, found[0], found[1], found[2], accumulate: true);
            Assert.All(sums, (row, i) => Values.AssertClose(row, found[i], 3e-5));
            Gradients.LayerNorm(simd, input, gain, 1e-5f, above, found[0], found[1], found[2], accumulate: false);
            Values.AssertClose(expected[0], found[0], 3e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void AdamW_EveryLength_EqualsPlainLoop(SimdLevel simd)
    {
        var step = new AdamWStep(0.01f, 0.001f, 0.9f, 0.98f, 1.7f, 1e-6f, 0.5f);
        for (int length = 0; length <= Longest; length++)
        {
            float[] values = Values.Random(length, seed: 1);
            float[] gradient = Values.Random(length, seed: 2);
            float[] mean = Values.Random(length, seed: 3);
            float[] variance = [.. Values.Random(length, seed: 4).Select(Math.Abs)];
            double[][] expected = SlowGradients.AdamW(values, gradient, mean, variance, step);

            Gradients.AdamW(simd, values, gradient, mean, variance, step);

            Values.AssertClose(expected[0], values, 1e-6);
            Values.AssertClose(expected[1], mean, 1e-6);
            Values.AssertClose(expected[2], variance, 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void AdamW_ParameterCutAnywhere_IsTheSameBitForBit(SimdLevel simd)
    {
        var step = new AdamWStep(0.01f, 0.001f, 0.9f, 0.98f, 1.7f, 1e-6f, 0.5f);
        float[] Stepped(int cut)
        {
            float[] values = Values.Random(Longest, seed: 1);
            float[] gradient = Values.Random(Longest, seed: 2);
            float[] moments = [.. Values.Random(2 * Longest, seed: 3).Select(Math.Abs)];
            foreach (Range part in new[] { 0..cut, cut..Longest })
            {
                Gradients.AdamW(simd, values.AsSpan(part), gradient.AsSpan(part), moments.AsSpan(part), moments.AsSpan(Longest)[part], step);
            }

            return values;
        }

        Assert.All(Enumerable.Range(0, Longest), cut => Assert.Equal(Stepped(0), Stepped(cut)));
    }

    [Fact]
    public void All_LengthsThatDiffer_AreRefused()
    {
        SimdLevel simd = SimdLevels.Best;
        float[] three = new float[3];
        float[] four = new float[4];
        Assert.Throws<ArgumentException>(() => Gradients.Gelu(simd, three, three, four, accumulate: false));
        Assert.Throws<ArgumentException>(() => Gradients.Gelu(simd, three, four, three, accumulate: false));
        Assert.Throws<ArgumentException>(() => Gradients.LayerNorm(simd, three, three, 0, three, three, four, three, accumulate: false));
        Assert.Throws<ArgumentException>(() => Gradients.LayerNorm(simd, three, three, 0, three, three, three, four, accumulate: false));
        Assert.Throws<ArgumentException>(() => Gradients.AdamW(simd, three, three, four, three, default));
    }
}
