namespace Picket.Compute.Tests;

/// <summary>Every length around the widths of vectors, at every width, against plain loops in double precision.</summary>
public sealed class ElementwiseTests
{
    private const int Longest = 70;

    public static TheoryData<SimdLevel> Levels => [.. SimdLevels.All];

    [Theory]
    [MemberData(nameof(Levels))]
    public void Gelu_WholeRange_IsExactToTwoTenMillionths(SimdLevel simd)
    {
        float[] values = [.. Enumerable.Range(-80_000, 160_001).Select(static i => i / 8000f), -1e-30f, 1e-30f, -1e4f, 1e4f, 0];
        float[] found = [.. values];

        Elementwise.Gelu(simd, found);

        double worst = values.Zip(found, static (x, y) => Math.Abs(y - Reference.Gelu((double)x)) / Math.Max(1, Math.Abs(x))).Max();
        Assert.True(worst < 2e-7, $"{worst}");
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Exp_WholeRange_IsExactToAUnit(SimdLevel simd)
    {
        float[] values = [.. Enumerable.Range(-87_000, 175_001).Select(static i => i / 1000f)];
        double[] expected = [.. values.Select(static value => Math.Exp(value))];

        Elementwise.Exp(simd, values);

        double worst = values.Zip(expected, static (found, exact) => Math.Abs(found - exact) / exact).Max();
        Assert.True(worst < 2e-7, $"{worst}");
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Exp_OutsideTheFloats_IsZeroOrFinite(SimdLevel simd)
    {
        float[] values = [float.NegativeInfinity, -1e30f, -88, 0, 89, 1e30f, float.PositiveInfinity, float.NaN];

        Elementwise.Exp(simd, values);

        Assert.Equal([0, 0, 0, 1], values[..4]);
        Assert.All(values[4..7], static value => Assert.InRange(value, 1.6e38f, float.MaxValue));
        Assert.True(float.IsNaN(values[7]));
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void ExpAndGelu_EveryLength_ChangeTheirPartAlone(SimdLevel simd)
    {
        for (int length = 0; length <= Longest; length++)
        {
            float[] exp = Values.Random(length + 2, seed: length);
            float[] gelu = [.. exp];
            float[] before = [.. exp];
            Elementwise.Exp(simd, exp.AsSpan(1, length));
            Elementwise.Gelu(simd, gelu.AsSpan(1, length));

            Values.AssertClose(before.Select((value, i) => i == 0 || i > length ? value : Math.Exp(value)), exp, 3e-7);
            Values.AssertClose(before.Select((value, i) => i == 0 || i > length ? value : (double)Reference.Gelu(value)), gelu, 2e-7);
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Softmax_EveryLength_EqualsPlainLoop(SimdLevel simd)
    {
        foreach (float factor in (float[])[1, 0.125f, -3, 0, 40])
        {
            for (int length = 1; length <= Longest; length++)
            {
                float[] found = Values.Random(length, seed: length);
                double[] expected = Reference.Softmax(found, factor);
                Elementwise.Softmax(simd, found, factor);
                Values.AssertClose(expected, found, 1e-6);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Softmax_MaskedElements_AreZero(SimdLevel simd)
    {
        for (int length = 2; length <= Longest; length++)
        {
            float[] values = Values.Random(length, seed: length);
            values[length - 1] = float.NegativeInfinity;
            values[length / 3] = float.NegativeInfinity;
            values[length / 2] = 3;
            double[] expected = Reference.Softmax(values, 2);
            Elementwise.Softmax(simd, values, 2);
            Values.AssertClose(expected, values, 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Softmax_Empty_DoesNothing(SimdLevel simd) => Elementwise.Softmax(simd, [], 1);

    [Theory]
    [MemberData(nameof(Levels))]
    public void LayerNorm_EveryLength_EqualsPlainLoop(SimdLevel simd)
    {
        for (int length = 1; length <= Longest; length++)
        {
            float[] source = Values.Random(length, seed: 1);
            float[] residual = Values.Random(length, seed: 2);
            float[] gain = Values.Random(length, seed: 3);
            float[] bias = Values.Random(length, seed: 4);
            double[] expected = Reference.LayerNorm(source, residual, gain, bias, 1e-5f);
            float[] target = new float[length];
            Elementwise.LayerNorm(simd, source, residual, gain, bias, 1e-5f, target);
            Values.AssertClose(expected, target, 2e-5);

            Elementwise.LayerNorm(simd, source, residual, gain, bias, 1e-5f, residual);
            Assert.Equal(target, residual);

            expected = Reference.LayerNorm(source, [], gain, bias, 1e-5f);
            Elementwise.LayerNorm(simd, source, [], gain, bias, 1e-5f, source);
            Values.AssertClose(expected, source, 2e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void LayerNorm_MeanFarAboveDeviation_KeepsTheVariance(SimdLevel simd)
    {
        float[] source = [.. Values.Random(1024, seed: 1).Select(static value => value + 1000)];
        float[] gain = [.. Enumerable.Repeat(1f, 1024)];
        double[] expected = Reference.LayerNorm(source, [], gain, new float[1024], 1e-7f);

        Elementwise.LayerNorm(simd, source, [], gain, new float[1024], 1e-7f, source);

        Values.AssertClose(expected, source, 5e-4);
    }

    [Fact]
    public void LayerNorm_OtherLengths_AreRefused()
    {
        float[] eight = new float[8];
        float[] seven = new float[7];
        Assert.Throws<ArgumentException>(() => Elementwise.LayerNorm(SimdLevels.Best, seven, [], eight, eight, 1, eight));
        Assert.Throws<ArgumentException>(() => Elementwise.LayerNorm(SimdLevels.Best, eight, seven, eight, eight, 1, eight));
        Assert.Throws<ArgumentException>(() => Elementwise.LayerNorm(SimdLevels.Best, eight, [], seven, eight, 1, eight));
        Assert.Throws<ArgumentException>(() => Elementwise.LayerNorm(SimdLevels.Best, eight, [], eight, seven, 1, eight));
    }
}
