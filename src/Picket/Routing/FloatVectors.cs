using System.Numerics;

namespace Picket;

/// <summary>What routers need of vector arithmetic; Picket.Compute, which has more, stands above this project.</summary>
internal static class FloatVectors
{
    /// <summary>Sum of products; <paramref name="right"/> is as long as <paramref name="left"/>.</summary>
    public static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        Vector<float> sums = default;
        int i = 0;
        for (; i <= left.Length - Vector<float>.Count; i += Vector<float>.Count)
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

    /// <summary>Sum of squared differences.</summary>
    public static float SquaredDistance(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        Vector<float> sums = default;
        int i = 0;
        for (; i <= left.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> gap = new Vector<float>(left[i..]) - new Vector<float>(right[i..]);
            sums += gap * gap;
        }

        float sum = Vector.Sum(sums);
        for (; i < left.Length; i++)
        {
            sum += (left[i] - right[i]) * (left[i] - right[i]);
        }

        return sum;
    }
}
