using System.Runtime.CompilerServices;
using Picket.Compute.Simd;

namespace Picket.Compute.Products;

/// <summary>The innermost loop of every float product: a tile of up to 8 rows by two vectors, kept in registers over the whole depth.</summary>
/// <remarks>
/// A step reads two vectors of the packed panel and one number of each row, and does two multiply-adds a row. Eight rows of 512-bit vectors are
/// 16 sums: enough to keep two units with a latency of four cycles busy, with 13 of the 32 registers to spare. Each element is summed in the
/// order of its depth in one register, so that it does not depend on the tile it falls into.
/// </remarks>
internal static class FloatTile
{
    private const int LineFloats = AlignedBuffer<float>.Alignment / sizeof(float);

    /// <summary>target[i, j] = addend[i, j] + sum over k of left[i, k] right[k, j], for the rows of the tile and two vectors of columns.</summary>
    /// <param name="left">The first row.</param>
    /// <param name="leftStride">Floats from one row to the next.</param>
    /// <param name="leftStep">Floats from one number of a row to the next.</param>
    /// <param name="right">Columns of a panel.</param>
    /// <param name="depth">Numbers to sum.</param>
    /// <param name="addend">The first row of what is added: may be the target itself.</param>
    /// <param name="addendStride">Floats from one row to the next; 0 where all rows get the same.</param>
    /// <param name="target">The first row.</param>
    /// <param name="targetStride">Floats from one row to the next.</param>
    /// <param name="ahead">What will be read after this tile: one cache line a step is fetched from here on.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<TLanes, TVector, TRows, TColumns>(
        Pointer<float> left,
        nint leftStride,
        nint leftStep,
        TColumns right,
        nint depth,
        Pointer<float> addend,
        nint addendStride,
        Pointer<float> target,
        nint targetStride,
        Pointer<float> ahead)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TRows : struct, IRows
        where TColumns : struct, IColumns<TVector>
    {
        Pointer<float> left1 = TRows.Count > 1 ? left + leftStride : left;
        Pointer<float> left2 = TRows.Count > 2 ? left + (2 * leftStride) : left;
        Pointer<float> left3 = TRows.Count > 3 ? left + (3 * leftStride) : left;
        Pointer<float> left4 = TRows.Count > 4 ? left + (4 * leftStride) : left;
        Pointer<float> left5 = TRows.Count > 5 ? left + (5 * leftStride) : left;
        Pointer<float> left6 = TRows.Count > 6 ? left + (6 * leftStride) : left;
        Pointer<float> left7 = TRows.Count > 7 ? left + (7 * leftStride) : left;

        TVector sum00 = TLanes.Broadcast(0), sum01 = TLanes.Broadcast(0);
        TVector sum10 = TLanes.Broadcast(0), sum11 = TLanes.Broadcast(0);
        TVector sum20 = TLanes.Broadcast(0), sum21 = TLanes.Broadcast(0);
        TVector sum30 = TLanes.Broadcast(0), sum31 = TLanes.Broadcast(0);
        TVector sum40 = TLanes.Broadcast(0), sum41 = TLanes.Broadcast(0);
        TVector sum50 = TLanes.Broadcast(0), sum51 = TLanes.Broadcast(0);
        TVector sum60 = TLanes.Broadcast(0), sum61 = TLanes.Broadcast(0);
        TVector sum70 = TLanes.Broadcast(0), sum71 = TLanes.Broadcast(0);

        nint end = depth * leftStep;
        for (nint k = 0; k < end; k += leftStep)
        {
            right.Read(out TVector right0, out TVector right1);
            TVector value = TLanes.Broadcast(left[k]);
            sum00 = TLanes.MultiplyAdd(value, right0, sum00);
            sum01 = TLanes.MultiplyAdd(value, right1, sum01);
            if (TRows.Count > 1)
            {
                value = TLanes.Broadcast(left1[k]);
                sum10 = TLanes.MultiplyAdd(value, right0, sum10);
                sum11 = TLanes.MultiplyAdd(value, right1, sum11);
            }

            if (TRows.Count > 2)
            {
                value = TLanes.Broadcast(left2[k]);
                sum20 = TLanes.MultiplyAdd(value, right0, sum20);
                sum21 = TLanes.MultiplyAdd(value, right1, sum21);
            }

            if (TRows.Count > 3)
            {
                value = TLanes.Broadcast(left3[k]);
                sum30 = TLanes.MultiplyAdd(value, right0, sum30);
                sum31 = TLanes.MultiplyAdd(value, right1, sum31);
            }

            if (TRows.Count > 4)
            {
                value = TLanes.Broadcast(left4[k]);
                sum40 = TLanes.MultiplyAdd(value, right0, sum40);
                sum41 = TLanes.MultiplyAdd(value, right1, sum41);
            }

            if (TRows.Count > 5)
            {
                value = TLanes.Broadcast(left5[k]);
                sum50 = TLanes.MultiplyAdd(value, right0, sum50);
                sum51 = TLanes.MultiplyAdd(value, right1, sum51);
            }

            if (TRows.Count > 6)
            {
                value = TLanes.Broadcast(left6[k]);
                sum60 = TLanes.MultiplyAdd(value, right0, sum60);
                sum61 = TLanes.MultiplyAdd(value, right1, sum61);
            }

            if (TRows.Count > 7)
            {
                value = TLanes.Broadcast(left7[k]);
                sum70 = TLanes.MultiplyAdd(value, right0, sum70);
                sum71 = TLanes.MultiplyAdd(value, right1, sum71);
            }

            ahead.Prefetch(0);
            ahead += LineFloats;
        }

        TLanes.Store(TLanes.Add(sum00, TLanes.Load(addend, 0)), target, 0);
        TLanes.Store(TLanes.Add(sum01, TLanes.Load(addend, TLanes.Count)), target, TLanes.Count);
        if (TRows.Count > 1)
        {
            addend += addendStride;
            target += targetStride;
            TLanes.Store(TLanes.Add(sum10, TLanes.Load(addend, 0)), target, 0);
            TLanes.Store(TLanes.Add(sum11, TLanes.Load(addend, TLanes.Count)), target, TLanes.Count);
        }

        if (TRows.Count > 2)
        {
            addend += addendStride;
            target += targetStride;
            TLanes.Store(TLanes.Add(sum20, TLanes.Load(addend, 0)), target, 0);
            TLanes.Store(TLanes.Add(sum21, TLanes.Load(addend, TLanes.Count)), target, TLanes.Count);
        }

        if (TRows.Count > 3)
        {
            addend += addendStride;
            target += targetStride;
            TLanes.Store(TLanes.Add(sum30, TLanes.Load(addend, 0)), target, 0);
            TLanes.Store(TLanes.Add(sum31, TLanes.Load(addend, TLanes.Count)), target, TLanes.Count);
        }

        if (TRows.Count > 4)
        {
            addend += addendStride;
            target += targetStride;
            TLanes.Store(TLanes.Add(sum40, TLanes.Load(addend, 0)), target, 0);
            TLanes.Store(TLanes.Add(sum41, TLanes.Load(addend, TLanes.Count)), target, TLanes.Count);
        }

        if (TRows.Count > 5)
        {
            addend += addendStride;
            target += targetStride;
            TLanes.Store(TLanes.Add(sum50, TLanes.Load(addend, 0)), target, 0);
            TLanes.Store(TLanes.Add(sum51, TLanes.Load(addend, TLanes.Count)), target, TLanes.Count);
        }

        if (TRows.Count > 6)
        {
            addend += addendStride;
            target += targetStride;
            TLanes.Store(TLanes.Add(sum60, TLanes.Load(addend, 0)), target, 0);
            TLanes.Store(TLanes.Add(sum61, TLanes.Load(addend, TLanes.Count)), target, TLanes.Count);
        }

        if (TRows.Count > 7)
        {
            addend += addendStride;
            target += targetStride;
            TLanes.Store(TLanes.Add(sum70, TLanes.Load(addend, 0)), target, 0);
            TLanes.Store(TLanes.Add(sum71, TLanes.Load(addend, TLanes.Count)), target, TLanes.Count);
        }
    }
}
