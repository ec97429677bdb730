namespace Picket.Compute.Tests.Quantised;

public sealed class Int8QuantiserTests
{
    [Fact]
    public void QuantiseRow_AnyLength_IsWithinHalfAStep()
    {
        for (int length = 1; length <= 70; length++)
        {
            float[] row = TestData.Gaussian(new Random(length), length);
            sbyte[] numbers = new sbyte[length];
            float[] back = new float[length];

            float scale = Int8Quantiser.QuantiseRow(row, numbers);
            Int8Quantiser.DequantiseRow(numbers, scale, back);

            Assert.All(row, (value, i) => Assert.Equal(value, back[i], scale * 0.5001f));
            Assert.Equal(127, numbers.Max(static number => Math.Abs((int)number)));
        }
    }

    [Fact]
    public void QuantiseWeights_NothingBeyondBound_EqualsPlainRow()
    {
        float[] row = TestData.Gaussian(new Random(1), 100);
        row[17] = 10;
        sbyte[] numbers = new sbyte[100];
        sbyte[] plain = new sbyte[100];

        Assert.Equal(Int8Quantiser.QuantiseRow(row, plain), Int8Quantiser.QuantiseWeights(row, numbers));
        Assert.Equal(plain, numbers);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(37)]
    [InlineData(1024)]
    public void QuantiseWeights_EqualMagnitudes_KeepsBoundAndValues(int length)
    {
        float[] row = [.. Enumerable.Range(0, length).Select(static i => i % 5 == 0 ? -1f : 1)];
        sbyte[] numbers = new sbyte[length];

        float scale = Int8Quantiser.QuantiseWeights(row, numbers);

        Assert.Equal(-1, Int8Quantiser.FirstFault(numbers));
        Assert.All(row, (value, i) => Assert.Equal(value, numbers[i] * scale, 0.05f));
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(4096)]
    public void QuantiseWeights_Gaussian_CostsLittleMoreThanPlainRounding(int length)
    {
        double bound = 0;
        double plain = 0;
        double signal = 0;
        for (int seed = 0; seed < 20; seed++)
        {
            float[] row = TestData.Gaussian(new Random(seed), length);
            sbyte[] numbers = new sbyte[length];
            float scale = Int8Quantiser.QuantiseWeights(row, numbers);
            Assert.Equal(-1, Int8Quantiser.FirstFault(numbers));
            bound += row.Select((value, i) => Math.Pow(value - (scale * numbers[i]), 2)).Sum();
            scale = Int8Quantiser.QuantiseRow(row, numbers);
            plain += row.Select((value, i) => Math.Pow(value - (scale * numbers[i]), 2)).Sum();
            signal += row.Sum(static value => value * value);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{bound / signal:E3} of the power against {plain / signal:E3}");
        Assert.InRange(bound / plain, 1, 1.8);
        Assert.InRange(Math.Sqrt(bound / signal), 0, 0.0115);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void QuantiseWeights_NotFinite_GivesNaNScale(float value)
    {
        foreach (int place in (int[])[0, 20, 36])
        {
            float[] row = new float[37];
            row[place] = value;
            Assert.Equal(float.NaN, Int8Quantiser.QuantiseWeights(row, new sbyte[37]));
        }
    }

    [Fact]
    public void QuantiseWeights_ZerosAndDenormals_GiveScaleZero()
    {
        foreach (float value in (float[])[0, 1e-40f])
        {
            sbyte[] numbers = new sbyte[20];
            Assert.Equal(0, Int8Quantiser.QuantiseWeights(Enumerable.Repeat(value, 20).ToArray(), numbers));
            Assert.All(numbers, static number => Assert.Equal(0, number));
        }
    }

    [Fact]
    public void QuantiseWeights_LengthsDiffer_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Int8Quantiser.QuantiseWeights(new float[4], new sbyte[5]));
}
