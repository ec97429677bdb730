namespace Picket.Compute;

/// <summary>Float rows into int8, each with a scale: value = scale * number, numbers from -127 to 127.</summary>
public static class Int8Quantiser
{
    /// <summary>The largest magnitude that is used: -128 has no opposite.</summary>
    public const int Largest = 127;

    /// <summary>
    /// What the weights of one sign may sum to in magnitude among the eight that share a 16-bit sum in the kernels: inputs go up to 127, and
    /// 127 * 258 is the last multiple below 32,768.
    /// </summary>
    public const int LargestSum = short.MaxValue / 127;

    /// <summary>Weights for <see cref="Int8Linear"/>.</summary>
    public static float QuantiseWeights(ReadOnlySpan<float> row, Span<sbyte> target)
    {
        float largest = 0;
        foreach (float value in row)
        {
            largest = MathF.Max(largest, MathF.Abs(value));
        }
        float scale = largest / Largest;
        for (int i = 0; i < row.Length; i++) target[i] = (sbyte)MathF.Round(row[i] / scale);
        return scale;
    }

    /// <summary>The first of the inputs that share a sum and break <see cref="LargestSum"/>; -1 if none.</summary>
    internal static int FirstFault(ReadOnlySpan<sbyte> row)
    {
        for (int i = 0; i < row.Length; i += 16)
        {
            for (int half = 0; half < 4; half += 2)
            {
                int positive = 0;
                int negative = 0;
                for (int k = i + half; k < Math.Min(row.Length, i + 16); k += 4)
                {
                    positive += Math.Max(row[k], (sbyte)0) + (k + 1 < row.Length ? Math.Max(row[k + 1], (sbyte)0) : 0);
                    negative += Math.Min(row[k], (sbyte)0) + (k + 1 < row.Length ? Math.Min(row[k + 1], (sbyte)0) : 0);
                }

                if (positive > LargestSum || negative < -LargestSum)
                {
                    return i + half;
                }
            }
        }

        return -1;
    }
}
