using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Picket.Compute.Simd;

namespace Picket.Compute.Quantised;

/// <summary>Up to eight rows by 8 columns, four times, in 256-bit vectors: eight sums and four weight vectors of sixteen registers.</summary>
/// <typeparam name="TProducts">The instructions that multiply.</typeparam>
internal readonly struct TileKernel256<TProducts> : ITileKernel
    where TProducts : struct, IProducts256
{
    private const int Columns = 8;

    /// <inheritdoc/>
    public static bool IsSupported => TProducts.IsSupported;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(in Tile tile)
    {
        for (int column = 0; column < Tile.Columns; column += Columns)
        {
            switch (tile.Rows)
            {
                case 8: Multiply<Rows8>(tile, column); break;
                case 7: Multiply<Rows7>(tile, column); break;
                case 6: Multiply<Rows6>(tile, column); break;
                case 5: Multiply<Rows5>(tile, column); break;
                case 4: Multiply<Rows4>(tile, column); break;
                case 3: Multiply<Rows3>(tile, column); break;
                case 2: Multiply<Rows2>(tile, column); break;
                case 1: Multiply<Rows1>(tile, column); break;
                default: break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<TRows>(in Tile tile, int column)
        where TRows : struct, IRows
    {
        Pointer<int> a = tile.Left;
        Pointer<int> w = tile.Right + column;
        Vector256<int> c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default, c7 = default;
        for (int step = tile.Steps; step > 0; step--)
        {
            Vector256<int> w0 = w.Load256(0);
            Vector256<int> w1 = w.Load256(Tile.Columns);
            Vector256<int> w2 = w.Load256(Tile.Columns * 2);
            Vector256<int> w3 = w.Load256(Tile.Columns * 3);
            c0 = TProducts.Add(c0, a, w0, w1, w2, w3);
            if (TRows.Count > 1)
            {
                c1 = TProducts.Add(c1, a + 4, w0, w1, w2, w3);
            }

            if (TRows.Count > 2)
            {
                c2 = TProducts.Add(c2, a + 8, w0, w1, w2, w3);
            }

            if (TRows.Count > 3)
            {
                c3 = TProducts.Add(c3, a + 12, w0, w1, w2, w3);
            }

            if (TRows.Count > 4)
            {
                c4 = TProducts.Add(c4, a + 16, w0, w1, w2, w3);
            }

            if (TRows.Count > 5)
            {
                c5 = TProducts.Add(c5, a + 20, w0, w1, w2, w3);
            }

            if (TRows.Count > 6)
            {
                c6 = TProducts.Add(c6, a + 24, w0, w1, w2, w3);
            }

            if (TRows.Count > 7)
            {
                c7 = TProducts.Add(c7, a + 28, w0, w1, w2, w3);
            }

            a += TRows.Count * Tile.RowStep;
            w += Tile.PanelStep;
        }

        Finish(tile, 0, column, c0);
        if (TRows.Count > 1)
        {
            Finish(tile, 1, column, c1);
        }

        if (TRows.Count > 2)
        {
            Finish(tile, 2, column, c2);
        }

        if (TRows.Count > 3)
        {
            Finish(tile, 3, column, c3);
        }

        if (TRows.Count > 4)
        {
            Finish(tile, 4, column, c4);
        }

        if (TRows.Count > 5)
        {
            Finish(tile, 5, column, c5);
        }

        if (TRows.Count > 6)
        {
            Finish(tile, 6, column, c6);
        }

        if (TRows.Count > 7)
        {
            Finish(tile, 7, column, c7);
        }
    }

    // Multiplied and added apart, as on every other route: fused, the last bit would differ.
    // Without a call, for which the compiler would keep the sums on the stack, even in the loop.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(in Tile tile, int row, int column, Vector256<int> sums)
    {
        Vector256<float> scales = tile.Scales[row] * tile.ColumnScales.Load256(column);
        Vector256<float> values = TProducts.IsAffine
            ? (Vector256.ConvertToSingle(sums - (tile.Zeros[row] * tile.ColumnSums.Load256(column))) * scales) + tile.Bias.Load256(column)
            : Vector256.ConvertToSingle(sums) * scales;
        (tile.Target + (row * tile.Stride)).Store(values, column);
    }
}
