using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Picket.Compute.Quantised;

/// <summary>The scale at which a vector becomes 16-bit numbers whose products never leave 32 bits.</summary>
/// <remarks>
/// By the inequality of Cauchy and Schwarz a sum of products is at most the product of the two vectors' lengths, and so is every part of the
/// sum. Both sides are scaled to a length of at most 46,340, the root of 2^31; their numbers then keep 13 bits and more, however deep the
/// product, and for probabilities as for anything else.
/// </remarks>
internal static class ShortScale
{
    private const double Length = 46_340;

    // 1.5 * 2^23: a float that size ends at the ones, so that the sum is rounded to them and its lowest bits are the number, sign and all.
    private const float Magic = 12_582_912;

    /// <summary>The length that a vector of <paramref name="depth"/> elements is scaled to.</summary>
    public static float Limit(int depth)
    {
        // Each of depth additions in floats may lose 2^-24, each rounding to an integer adds up to a half.
        return (float)((Length * (1 - ((depth + 16) / 16_777_216.0))) - (0.5 * Math.Sqrt(depth)) - 1);
    }

    /// <summary>What to multiply the vector with, 0 if it is as good as zero; the scale is its inverse, NaN if the vector is not finite.</summary>
    /// <param name="squares">The sum of squares, in floats.</param>
    /// <param name="largest">The largest magnitude.</param>
    /// <param name="limit">See <see cref="Limit"/>.</param>
    /// <param name="scale">What to multiply the numbers with.</param>
    public static float Factor(float squares, float largest, float limit, out float scale)
    {
        if (squares is > 1e-30f and < float.PositiveInfinity)
        {
            float factor = float.MinNative(limit / MathF.Sqrt(squares), short.MaxValue / largest);
            scale = 1 / factor;
            return factor;
        }

        scale = squares <= 1e-30f ? 0 : float.NaN;
        return 0;
    }

    /// <summary>The factor for elements that lie side by side. The order of the sum is the same on every machine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Factor(Pointer<float> row, int depth, float limit, out float scale)
    {
        Vector512<float> squares = default, largest = default;
        int k = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; k <= depth - 16; k += 16)
            {
                Vector512<float> values = row.Load512(k);
                squares += values * values;
                largest = Vector512.MaxNative(largest, Vector512.Abs(values));
            }
        }
        else
        {
            Vector256<float> squares0 = default, squares1 = default, largest0 = default, largest1 = default;
            for (; k <= depth - 16; k += 16)
            {
                Vector256<float> first = row.Load256(k);
                Vector256<float> second = row.Load256(k + 8);
                squares0 += first * first;
                squares1 += second * second;
                largest0 = Vector256.MaxNative(largest0, Vector256.Abs(first));
                largest1 = Vector256.MaxNative(largest1, Vector256.Abs(second));
            }

            squares = Vector512.Create(squares0, squares1);
            largest = Vector512.Create(largest0, largest1);
        }

        float sum = Vector256.Sum(squares.GetLower() + squares.GetUpper());
        Vector256<float> eight = Vector256.Max(largest.GetLower(), largest.GetUpper());
        Vector128<float> four = Vector128.Max(eight.GetLower(), eight.GetUpper());
        float most = MathF.Max(MathF.Max(four[0], four[1]), MathF.Max(four[2], four[3]));
        for (; k < depth; k++)
        {
            sum += row[k] * row[k];
            most = MathF.Max(most, MathF.Abs(row[k]));
        }

        return Factor(sum, most, limit, out scale);
    }

    /// <summary>Eight numbers in the lower halves of the lanes; the upper halves hold what is left of <see cref="Magic"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Round(Vector256<float> values, Vector256<float> factors) =>
        ((values * factors) + Vector256.Create(Magic)).AsInt32();

    /// <summary>Sixteen numbers, likewise.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Round(Vector512<float> values, Vector512<float> factors) =>
        ((values * factors) + Vector512.Create(Magic)).AsInt32();

    /// <summary>One number.</summary>
    public static short Round(float value, float factor) => (short)BitConverter.SingleToInt32Bits((value * factor) + Magic);
}
