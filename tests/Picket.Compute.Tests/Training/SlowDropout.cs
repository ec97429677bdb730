namespace Picket.Compute.Tests.Training;

/// <summary>The masks of <see cref="Dropout"/>, element by element: four elements of 16 bits a draw of SplitMix64.</summary>
internal static class SlowDropout
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>What each element of a row is multiplied with.</summary>
    public static float[] Mask(float rate, ulong seed, int length, long row)
    {
        uint limit = (uint)MathF.Round(rate * 65536);
        float[] mask = new float[length];
        ulong state = Mix(seed + ((ulong)row * Golden));
        for (int i = 0; i < length; i++)
        {
            ulong bits = Mix(state + (Golden * (ulong)((i / 4) + 1))) >> (16 * (i % 4));
            mask[i] = (bits & 0xFFFF) < limit ? 0 : 1 / (1 - (limit / 65536f));
        }

        return mask;
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
