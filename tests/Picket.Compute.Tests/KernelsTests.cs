namespace Picket.Compute.Tests;

public sealed class KernelsTests
{
    [Fact]
    public void Dot_EveryLength_EqualsPlainLoop()
    {
        for (int length = 0; length <= 70; length++)
        {
            float[] left = Values(length, seed: 1);
            float[] right = Values(length + 3, seed: 2);
            double expected = left.Zip(right, static (x, y) => (double)x * y).Sum();
            Assert.Equal(expected, Kernels.Dot(left, right), 1e-5);
        }
    }

    [Fact]
    public void Dot_SmallIntegers_IsExact()
    {
        for (int length = 0; length <= 70; length++)
        {
            float[] values = [.. Enumerable.Range(0, length).Select(static i => (float)i)];
            Assert.Equal(Enumerable.Range(0, length).Sum(static i => i * i), Kernels.Dot(values, values));
        }
    }

    [Fact]
    public void AddScaled_EveryLength_EqualsPlainLoopAndLeavesTheRest()
    {
        for (int length = 0; length <= 70; length++)
        {
            float[] source = Values(length, seed: 3);
            float[] target = Values(length + 3, seed: 4);
            double[] expected = [.. target.Select((value, i) => i < length ? value + (0.37f * (double)source[i]) : value)];
            Kernels.AddScaled(target, source, 0.37f);
            Assert.All(target, (value, i) => Assert.Equal(expected[i], value, 1e-6));
            Assert.Equal(Values(length + 3, seed: 4)[length..], target[length..]);
        }
    }

    [Fact]
    public void Dot_RightShorter_IsRefused()
    {
        Assert.ThrowsAny<Exception>(() => Kernels.Dot(new float[9], new float[8]));
        Assert.ThrowsAny<Exception>(() => Kernels.Dot(new float[16], new float[15]));
    }

    [Fact]
    public void AddScaled_TargetShorter_IsRefused()
    {
        Assert.ThrowsAny<Exception>(() => Kernels.AddScaled(new float[8], new float[9], 1));
        Assert.ThrowsAny<Exception>(() => Kernels.AddScaled(new float[15], new float[16], 1));
    }

    private static float[] Values(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (random.NextSingle() * 2) - 1)];
    }
}
