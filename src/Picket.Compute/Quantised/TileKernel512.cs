using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Picket.Compute.Simd;

namespace Picket.Compute.Quantised;

/// <summary>Up to eight rows by 32 columns in 512-bit vectors: sixteen sums, eight weight vectors and the work space fill the 32 registers.</summary>
/// <typeparam name="TProducts">The instructions that multiply.</typeparam>
internal readonly struct TileKernel512<TProducts> : ITileKernel
    where TProducts : struct, IProducts512
{
    /// <inheritdoc/>
    public static bool IsSupported => TProducts.IsSupported;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(in Tile tile)
    {
        switch (tile.Rows)
        {
            case 8: Multiply<Rows8>(tile); break;
            case 7: Multiply<Rows7>(tile); break;
            case 6: Multiply<Rows6>(tile); break;
            case 5: Multiply<Rows5>(tile); break;
            case 4: Multiply<Rows4>(tile); break;
            case 3: Multiply<Rows3>(tile); break;
            case 2: Multiply<Rows2>(tile); break;
            case 1: Multiply<Rows1>(tile); break;
            default: break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<TRows>(in Tile tile)
        where TRows : struct, IRows
    {
        Pointer<int> a = tile.Left;
        Pointer<int> w = tile.Right;
        Vector512<int> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default;
        Vector512<int> c40 = default, c41 = default, c50 = default, c51 = default, c60 = default, c61 = default, c70 = default, c71 = default;
        for (int step = tile.Steps; step > 0; step--)
        {
            Vector512<int> w00 = w.Load512(0);
            Vector512<int> w01 = w.Load512(16);
            Vector512<int> w10 = w.Load512(32);
            Vector512<int> w11 = w.Load512(48);
            Vector512<int> w20 = w.Load512(64);
            Vector512<int> w21 = w.Load512(80);
            Vector512<int> w30 = w.Load512(96);
            Vector512<int> w31 = w.Load512(112);
            AddRow(a, 0, w00, w01, w10, w11, w20, w21, w30, w31, ref c00, ref c01);
            if (TRows.Count > 1)
            {
                AddRow(a, 4, w00, w01, w10, w11, w20, w21, w30, w31, ref c10, ref c11);
            }

            if (TRows.Count > 2)
            {
                AddRow(a, 8, w00, w01, w10, w11, w20, w21, w30, w31, ref c20, ref c21);
            }

            if (TRows.Count > 3)
            {
                AddRow(a, 12, w00, w01, w10, w11, w20, w21, w30, w31, ref c30, ref c31);
            }

            if (TRows.Count > 4)
            {
                AddRow(a, 16, w00, w01, w10, w11, w20, w21, w30, w31, ref c40, ref c41);
            }

            if (TRows.Count > 5)
            {
                AddRow(a, 20, w00, w01, w10, w11, w20, w21, w30, w31, ref c50, ref c51);
            }

            if (TRows.Count > 6)
            {
                AddRow(a, 24, w00, w01, w10, w11, w20, w21, w30, w31, ref c60, ref c61);
            }

            if (TRows.Count > 7)
            {
                AddRow(a, 28, w00, w01, w10, w11, w20, w21, w30, w31, ref c70, ref c71);
            }

            a += TRows.Count * Tile.RowStep;
            w += Tile.PanelStep;
        }

        Finish(tile, 0, c00, c01);
        if (TRows.Count > 1)
        {
            Finish(tile, 1, c10, c11);
        }

        if (TRows.Count > 2)
        {
            Finish(tile, 2, c20, c21);
        }

        if (TRows.Count > 3)
        {
            Finish(tile, 3, c30, c31);
        }

        if (TRows.Count > 4)
        {
            Finish(tile, 4, c40, c41);
        }

        if (TRows.Count > 5)
        {
            Finish(tile, 5, c50, c51);
        }

        if (TRows.Count > 6)
        {
            Finish(tile, 6, c60, c61);
        }

        if (TRows.Count > 7)
        {
            Finish(tile, 7, c70, c71);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(
        Pointer<int> a,
        nint offset,
        Vector512<int> w00,
        Vector512<int> w01,
        Vector512<int> w10,
        Vector512<int> w11,
        Vector512<int> w20,
        Vector512<int> w21,
        Vector512<int> w30,
        Vector512<int> w31,
        ref Vector512<int> sums0,
        ref Vector512<int> sums1)
    {
        Vector512<int> a0 = Vector512.Create(a[offset]);
        Vector512<int> a1 = Vector512.Create(a[offset + 1]);
        Vector512<int> a2 = Vector512.Create(a[offset + 2]);
        Vector512<int> a3 = Vector512.Create(a[offset + 3]);
        sums0 = TProducts.Add(sums0, a0, a1, a2, a3, w00, w10, w20, w30);
        sums1 = TProducts.Add(sums1, a0, a1, a2, a3, w01, w11, w21, w31);
    }

    // Without a call, for which the compiler would keep the sums on the stack, even in the loop.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(in Tile tile, int row, Vector512<int> sums0, Vector512<int> sums1)
    {
        Pointer<float> target = tile.Target + (row * tile.Stride);
        target.Store(Finish(tile, row, 0, sums0), 0);
        target.Store(Finish(tile, row, 16, sums1), 16);
    }

    // Multiplied and added apart, as on every other route: fused, the last bit would differ.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Finish(in Tile tile, int row, int column, Vector512<int> sums)
    {
        Vector512<float> scales = tile.Scales[row] * tile.ColumnScales.Load512(column);
        return TProducts.IsAffine
            ? (Vector512.ConvertToSingle(sums - (tile.Zeros[row] * tile.ColumnSums.Load512(column))) * scales) + tile.Bias.Load512(column)
            : Vector512.ConvertToSingle(sums) * scales;
    }
}
