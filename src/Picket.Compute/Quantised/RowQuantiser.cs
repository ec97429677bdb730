using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Picket.Compute.Quantised;

/// <summary>One row of floats into seven bits. The same bits on every machine: products and sums apart, halves up.</summary>
internal static class RowQuantiser
{
    private const int Step = Int8Panels.Step;

    /// <summary>Writes 16 bytes for every 16 columns, <paramref name="stride"/> bytes apart; the last 16 are filled up.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Quantise(Pointer<float> row, int columns, Pointer<byte> target, nint stride, out float scale, out int zero)
    {
        (float low, float high) = Range(row, columns);
        scale = (high - low) / QuantisedRows.Largest;

        // The row of zeros, or as good as that: its inverse would be infinite.
        float inverse = scale > 1e-37f ? 1 / scale : 0;
        scale = inverse == 0 ? 0 * (high - low) : scale;
        zero = inverse == 0 ? 0 : (int)(0.5f - (low * inverse));
        for (; columns >= Step; columns -= Step)
        {
            target.Store(Avx512F.IsSupported ? Values(row.Load512(0), inverse, zero) : Values(row.Load256(0), row.Load256(8), inverse, zero), 0);
            row += Step;
            target += stride;
        }

        if (columns > 0)
        {
            Span<float> rest = stackalloc float[Step];
            rest.Clear();
            row.Span(columns).CopyTo(rest);
            target.Store(Values(Vector256.Create<float>(rest), Vector256.Create<float>(rest[8..]), inverse, zero), 0);
        }
    }

    // Zero belongs to the range: it must have a value.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (float Low, float High) Range(Pointer<float> row, int columns)
    {
        Vector512<float> lows = default, highs = default, faults = default;
        int column = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; column <= columns - Step; column += Step)
            {
                Vector512<float> values = row.Load512(column);
                lows = Vector512.MinNative(lows, values);
                highs = Vector512.MaxNative(highs, values);
                faults += values * 0;
            }
        }
        else
        {
            Vector256<float> lows0 = default, lows1 = default, highs0 = default, highs1 = default, faults0 = default, faults1 = default;
            for (; column <= columns - Step; column += Step)
            {
                Vector256<float> first = row.Load256(column);
                Vector256<float> second = row.Load256(column + 8);
                lows0 = Vector256.MinNative(lows0, first);
                lows1 = Vector256.MinNative(lows1, second);
                highs0 = Vector256.MaxNative(highs0, first);
                highs1 = Vector256.MaxNative(highs1, second);
                faults0 += first * 0;
                faults1 += second * 0;
            }

            lows = Vector512.Create(lows0, lows1);
            highs = Vector512.Create(highs0, highs1);
            faults = Vector512.Create(faults0, faults1);
        }

        // Zero, or NaN if one of them is infinite or NaN, which the smallest and the largest may pass over.
        float fault = Vector512.Sum(faults);
        float low = Smallest(lows);
        float high = -Smallest(-highs);
        for (; column < columns; column++)
        {
            low = MathF.Min(low, row[column]);
            high = MathF.Max(high, row[column]);
            fault += row[column] * 0;
        }

        return (low + fault, high + fault);
    }

    private static float Smallest(Vector512<float> values)
    {
        Vector256<float> eight = Vector256.Min(values.GetLower(), values.GetUpper());
        Vector128<float> four = Vector128.Min(eight.GetLower(), eight.GetUpper());
        return MathF.Min(MathF.Min(four[0], four[1]), MathF.Min(four[2], four[3]));
    }

    // Truncation after half was added; what stands for the largest may come out as 128, and NaN as a number without a sign.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Values(Vector512<float> values, float inverse, int zero)
    {
        Vector512<int> numbers = Vector512.ConvertToInt32Native((values * inverse) + Vector512.Create(zero + 0.5f));
        return Avx512F.ConvertToVector128Byte(Vector512.Min(numbers.AsUInt32(), Vector512.Create((uint)QuantisedRows.Largest)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Values(Vector256<float> first, Vector256<float> second, float inverse, int zero)
    {
        Vector256<uint> low = Values(first, inverse, zero);
        Vector256<uint> high = Values(second, inverse, zero);
        Vector256<ushort> both = Vector256.Narrow(low, high);
        return Vector128.Narrow(both.GetLower(), both.GetUpper());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Values(Vector256<float> values, float inverse, int zero)
    {
        Vector256<int> numbers = Vector256.ConvertToInt32Native((values * inverse) + Vector256.Create(zero + 0.5f));
        return Vector256.Min(numbers.AsUInt32(), Vector256.Create((uint)QuantisedRows.Largest));
    }
}
