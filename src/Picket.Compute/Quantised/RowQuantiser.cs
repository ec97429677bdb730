using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Picket.Compute.Quantised;

/// <summary>One row of floats into seven bits. The same bits on every machine: products and sums apart, halves up.</summary>
internal static class RowQuantiser
{
    private const int Step = Int8Panels.Step;

    /// <summary>Writes 16 bytes for every 16 columns, <paramref name="stride"/> bytes apart; the last 16 are filled up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Quantise(Pointer<float> row, int columns, Pointer<byte> target, nint stride, out float scale, out int zero)
    {
        (float low, float high) = Range(row, columns);
        scale = (high - low) / QuantisedRows.Largest;

        // The row of zeros, or as good as that: its inverse would be infinite.
        float inverse = scale > 1e-37f ? 1 / scale : 0;
        scale = inverse == 0 ? 0 * (high - low) : scale;
        zero = inverse == 0 ? 0 : (int)(0.5f - (low * inverse));
        var factor = Vector256.Create(inverse);
        var offset = Vector256.Create(zero + 0.5f);
        for (; columns >= Step; columns -= Step)
        {
            target.Store(Values(row.Load256(0), row.Load256(8), factor, offset), 0);
            row += Step;
            target += stride;
        }

        if (columns > 0)
        {
            Span<float> rest = stackalloc float[Step];
            rest.Clear();
            row.Span(columns).CopyTo(rest);
            target.Store(Values(Vector256.Create<float>(rest), Vector256.Create<float>(rest[8..]), factor, offset), 0);
        }
    }

    // Zero belongs to the range: it must have a value. A NaN goes through to both ends.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (float Low, float High) Range(Pointer<float> row, int columns)
    {
        Vector256<float> lows = default, lows1 = default, highs = default, highs1 = default;
        int column = 0;
        for (; column <= columns - Step; column += Step)
        {
            Vector256<float> first = row.Load256(column);
            Vector256<float> second = row.Load256(column + 8);
            lows = Vector256.Min(lows, first);
            lows1 = Vector256.Min(lows1, second);
            highs = Vector256.Max(highs, first);
            highs1 = Vector256.Max(highs1, second);
        }

        lows = Vector256.Min(lows, lows1);
        highs = Vector256.Max(highs, highs1);
        float low = 0;
        float high = 0;
        for (int lane = 0; lane < Vector256<float>.Count; lane++)
        {
            low = MathF.Min(low, lows[lane]);
            high = MathF.Max(high, highs[lane]);
        }

        for (; column < columns; column++)
        {
            low = MathF.Min(low, row[column]);
            high = MathF.Max(high, row[column]);
        }

        return (low, high);
    }

    // Truncation after half was added; what stands for the largest may come out as 128.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Values(Vector256<float> first, Vector256<float> second, Vector256<float> factor, Vector256<float> offset)
    {
        Vector256<int> low = Clamp(Vector256.ConvertToInt32Native((first * factor) + offset));
        Vector256<int> high = Clamp(Vector256.ConvertToInt32Native((second * factor) + offset));
        Vector256<ushort> both = Vector256.Narrow(low, high).AsUInt16();
        return Vector128.Narrow(both.GetLower(), both.GetUpper());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Clamp(Vector256<int> values) =>
        Vector256.Min(Vector256.Max(values, Vector256<int>.Zero), Vector256.Create(QuantisedRows.Largest));
}
