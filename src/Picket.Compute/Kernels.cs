using System.Numerics;

namespace Picket.Compute;

/// <summary>Float vector arithmetic, as wide as the machine's vectors; the rest of a length that is no multiple is done one by one.</summary>
public static class Kernels
{
    /// <summary>Sum of products; <paramref name="right"/> is at least as long as <paramref name="left"/>.</summary>
    public static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        int width = Vector<float>.Count;
        Vector<float> sums = Vector<float>.Zero;
        int i = 0;
        for (; i <= left.Length - width; i += width)
        {
            sums += new Vector<float>(left[i..]) * new Vector<float>(right[i..]);
        }

        float sum = Vector.Sum(sums);
        for (; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    /// <summary>target += factor * source; <paramref name="target"/> is at least as long as <paramref name="source"/>.</summary>
    public static void AddScaled(Span<float> target, ReadOnlySpan<float> source, float factor)
    {
        int width = Vector<float>.Count;
        var factors = new Vector<float>(factor);
        int i = 0;
        for (; i <= source.Length - width; i += width)
        {
            (new Vector<float>(target[i..]) + (new Vector<float>(source[i..]) * factors)).CopyTo(target[i..]);
        }

        for (; i < source.Length; i++)
        {
            target[i] += source[i] * factor;
        }
    }

    /// <summary>values *= factor.</summary>
    public static void Scale(Span<float> values, float factor)
    {
        int width = Vector<float>.Count;
        int i = 0;
        for (; i <= values.Length - width; i += width)
        {
            (new Vector<float>(values[i..]) * factor).CopyTo(values[i..]);
        }

        for (; i < values.Length; i++)
        {
            values[i] *= factor;
        }
    }
}
