using System.Runtime.InteropServices;

namespace Picket.Compute.Tests.Quantised;

/// <summary>Numbers with a seed.</summary>
internal static class TestData
{
    public static float[] Gaussian(Random random, int count, double deviation = 1)
    {
        float[] values = new float[count];
        foreach (ref float value in values.AsSpan())
        {
            value = (float)(deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        }

        return values;
    }

    /// <summary>Any int8 weights that keep the bound.</summary>
    public static sbyte[] Weights(Random random, int columns, int depth)
    {
        sbyte[] weights = new sbyte[columns * depth];
        random.NextBytes(MemoryMarshal.AsBytes(weights.AsSpan()));
        for (int column = 0; column < columns; column++)
        {
            Span<sbyte> row = weights.AsSpan(column * depth, depth);
            for (int fault; (fault = Int8Quantiser.FirstFault(row)) >= 0;)
            {
                row[fault..Math.Min(depth, fault + 14)].Replace((sbyte)-128, (sbyte)-127);
                for (int i = fault; i < Math.Min(depth, fault + 14); i++)
                {
                    row[i] = (sbyte)(row[i] * 3 / 4);
                }
            }
        }

        return weights;
    }

    /// <summary>A matrix that a buffer holds; the buffer's memory is right behind the last element.</summary>
    public static Matrix<float> Matrix(AlignedBuffer<float> buffer, ReadOnlySpan<float> values, int rows, int columns)
    {
        values.CopyTo(buffer.Span);
        return new Matrix<float>(buffer, rows, columns, columns);
    }
}
