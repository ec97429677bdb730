using System.Runtime.Intrinsics;
using Picket.Compute.Simd;

namespace Picket.Compute;

/// <summary>Floats into 16-bit floats (IEEE 754 binary16), for files.</summary>
public static class HalfQuantiser
{
    /// <summary>From this magnitude on a number becomes infinite: half a step above the largest, 65,504.</summary>
    public const float TooGreat = 65_520;

    /// <summary>Rounds to the nearest, ties to even; from <see cref="TooGreat"/> on to infinity.</summary>
    /// <param name="source">The numbers.</param>
    /// <param name="target">Receives the bits of each <see cref="Half"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Narrow(ReadOnlySpan<float> source, Span<ushort> target)
    {
        if (source.Length != target.Length)
        {
            throw new ArgumentException($"expected room for {source.Length} numbers, found {target.Length}", nameof(target));
        }

        Halves.Narrow(source, target);
    }

    /// <summary>The largest magnitude; NaN if there is a NaN.</summary>
    public static float LargestMagnitude(ReadOnlySpan<float> values)
    {
        Vector256<float> largests = default;
        int i = 0;
        for (; i <= values.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            largests = Vector256.Max(largests, Vector256.Abs(Vector256.Create(values[i..])));
        }

        float largest = 0;
        for (int lane = 0; lane < Vector256<float>.Count; lane++)
        {
            largest = MathF.Max(largest, largests[lane]);
        }

        for (; i < values.Length; i++)
        {
            largest = MathF.Max(largest, MathF.Abs(values[i]));
        }

        return largest;
    }
}
