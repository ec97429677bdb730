namespace Picket.Compute.Tests;

/// <summary>Random numbers from -1 to 1, in arrays and in native memory.</summary>
internal static class Values
{
    public static float[] Random(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (random.NextSingle() * 2) - 1)];
    }

    /// <summary>Each expected number against the one found, by their distance relative to the larger of 1 and the expected.</summary>
    public static void AssertClose(IEnumerable<double> expected, IEnumerable<float> found, double tolerance)
    {
        double[] exact = [.. expected];
        float[] values = [.. found];
        Assert.Equal(exact.Length, values.Length);
        for (int i = 0; i < exact.Length; i++)
        {
            bool close = Math.Abs(exact[i] - values[i]) <= tolerance * Math.Max(1, Math.Abs(exact[i]));
            Assert.True(close, $"element {i} of {exact.Length}: expected {exact[i]}, found {values[i]}");
        }
    }
}
