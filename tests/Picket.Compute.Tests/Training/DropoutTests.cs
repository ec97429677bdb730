namespace Picket.Compute.Tests.Training;

public sealed class DropoutTests
{
    [Theory]
    [InlineData(0.1f)]
    [InlineData(0.5f)]
    [InlineData(0.999f)]
    public void Apply_EveryLength_EqualsPlainLoopBitForBit(float rate)
    {
        for (int length = 0; length <= 140; length++)
        {
            float[] values = Values.Random(length + 2, seed: length);
            float[] mask = SlowDropout.Mask(rate, seed: 77, length, row: length * 1_000_003L);
            float[] expected = [values[0], .. mask.Select((factor, i) => factor == 0 ? 0 : values[i + 1] * factor), values[^1]];

            new Dropout(rate, 77).Apply(values.AsSpan(1, length), length * 1_000_003L);

            Assert.Equal(expected, values);
        }
    }

    [Fact]
    public void ApplyOfEachWidth_WholeRow_EqualsPlainLoopBitForBit()
    {
        float[] mask = SlowDropout.Mask(0.25f, seed: 0, length: 96, row: 0);
        float[] wide = [.. Enumerable.Repeat(1f, 96)];
        float[] narrow = [.. wide];

        Assert.Equal(96, Dropout.Apply512(wide, 0, 16384, 1 / 0.75f));
        Assert.Equal(96, Dropout.Apply256(narrow, 0, 16384, 1 / 0.75f));

        Assert.Equal(mask, wide);
        Assert.Equal(mask, narrow);
    }

    [Fact]
    public void Apply_ManyElements_KeepsTheShareAndTheMean()
    {
        float[] values = [.. Enumerable.Repeat(1f, 1_000_000)];

        new Dropout(0.1f, 5).Apply(values, 3);

        Assert.Equal(0.1, values.Count(static value => value == 0) / 1e6, 0.002);
        Assert.Equal(1, values.Average(), 0.002);
    }

    [Fact]
    public void Apply_NotANumber_IsLeftOutAsZero()
    {
        float[] values = [.. Enumerable.Repeat(float.NaN, 64)];

        new Dropout(0.5f, 1).Apply(values, 0);

        Assert.All(SlowDropout.Mask(0.5f, 1, 64, 0), (factor, i) => Assert.Equal(factor == 0 ? 0 : float.NaN, values[i]));
    }

    [Fact]
    public void Apply_ZeroRate_ChangesNothing()
    {
        float[] values = [1, 2, 3];

        new Dropout(0, 1).Apply(values, 0);

        Assert.Equal([1, 2, 3], values);
    }
}
