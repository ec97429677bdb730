using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Picket.Compute;

/// <summary>Sums rows of an int8 table: the whole cost of an n-gram guard, and bound by the latency of memory, not by arithmetic.</summary>
public static class EmbeddingBag
{
    /// <summary>sums[j] = sum over r of table[rows[r], j]. Exact as long as fewer than 2^24 rows are summed.</summary>
    /// <param name="table">Row-major, rows x <paramref name="sums"/>.Length.</param>
    /// <param name="rows">Row numbers; a row named twice counts twice.</param>
    /// <param name="sums">Overwritten. Its length is the row width, a multiple of 8.</param>
    /// <exception cref="ArgumentException">The width is not a multiple of 8, or a row lies outside the table.</exception>
    public static void Sum(ReadOnlySpan<sbyte> table, ReadOnlySpan<int> rows, Span<int> sums)
    {
        if (Vector512.IsHardwareAccelerated && sums.Length % 16 == 0)
        {
            Sum512(table, rows, sums);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Sum256(table, rows, sums);
        }
        else
        {
            Sum128(table, rows, sums);
        }
    }

    internal static void Sum512(ReadOnlySpan<sbyte> table, ReadOnlySpan<int> rows, Span<int> sums)
    {
        ref sbyte origin = ref Check(table, rows, sums, lanes: 16);
        for (int column = 0; column < sums.Length; column += 16)
        {
            Vector512<int> sum = Vector512<int>.Zero;
            foreach (int row in rows)
            {
                Vector128<sbyte> packed = Vector128.LoadUnsafe(ref origin, (nuint)((nint)row * sums.Length) + (nuint)column);
                sum += Vector512.WidenLower(Vector512.WidenLower(packed.ToVector256Unsafe().ToVector512Unsafe()));
            }

            sum.CopyTo(sums[column..]);
        }
    }

    internal static void Sum256(ReadOnlySpan<sbyte> table, ReadOnlySpan<int> rows, Span<int> sums)
    {
        ref sbyte origin = ref Check(table, rows, sums, lanes: 8);
        for (int column = 0; column < sums.Length; column += 8)
        {
            Vector256<int> sum = Vector256<int>.Zero;
            foreach (int row in rows)
            {
                Vector128<sbyte> packed = LoadEight(ref origin, ((nint)row * sums.Length) + column);
                sum += Vector256.WidenLower(Vector256.WidenLower(packed.ToVector256Unsafe()));
            }

            sum.CopyTo(sums[column..]);
        }
    }

    internal static void Sum128(ReadOnlySpan<sbyte> table, ReadOnlySpan<int> rows, Span<int> sums)
    {
        ref sbyte origin = ref Check(table, rows, sums, lanes: 8);
        for (int column = 0; column < sums.Length; column += 8)
        {
            Vector128<int> low = Vector128<int>.Zero;
            Vector128<int> high = Vector128<int>.Zero;
            foreach (int row in rows)
            {
                Vector128<sbyte> packed = LoadEight(ref origin, ((nint)row * sums.Length) + column);
                (Vector128<int> first, Vector128<int> second) = Vector128.Widen(Vector128.WidenLower(packed));
                low += first;
                high += second;
            }

            low.CopyTo(sums[column..]);
            high.CopyTo(sums[(column + 4)..]);
        }
    }

    // As one number: x64 has no Vector64, and going through one costs several times the sum.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<sbyte> LoadEight(ref sbyte origin, nint offset) =>
        Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<long>(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref origin, offset)))).AsSByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref sbyte Check(ReadOnlySpan<sbyte> table, ReadOnlySpan<int> rows, Span<int> sums, int lanes)
    {
        if (sums.Length % lanes != 0 || sums.Length == 0)
        {
            throw new ArgumentException($"expected a row width that is a multiple of {lanes}, found {sums.Length}", nameof(sums));
        }

        // As an unsigned number a negative row is larger than any table.
        int count = table.Length / sums.Length;
        uint largest = 0;
        foreach (int row in rows)
        {
            largest = Math.Max(largest, (uint)row);
        }

        if (rows.Length > 0 && largest >= count)
        {
            throw new ArgumentException($"expected rows from 0 to {count - 1}, found {(int)largest}", nameof(rows));
        }

        return ref MemoryMarshal.GetReference(table);
    }
}
