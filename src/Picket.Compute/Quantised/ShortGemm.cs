using System.Runtime.CompilerServices;
using Picket.Compute.Quantised;

namespace Picket.Compute;

/// <summary>Products of float matrices in 16-bit numbers on the calling thread: the attention of an int8 model.</summary>
/// <remarks>
/// Both sides are scaled, vector by vector, as far as 32-bit sums allow: 13 bits and more, so that an element of
/// the product is off by about a 100,000th of the product of the two vectors' lengths. The sums are exact, the same on
/// every machine. Up to twice the speed of <see cref="Gemm"/>.
/// </remarks>
public static class ShortGemm
{
    /// <summary>target[i, j] = sum over k of left[i, k] right[k, from + j], for as many columns as <paramref name="target"/> has.</summary>
    /// <param name="simd">The widest vectors to use.</param>
    /// <param name="left">rows x depth.</param>
    /// <param name="right">depth x columns.</param>
    /// <param name="from">First column of <paramref name="right"/>, a multiple of <see cref="ShortPanels.Width"/>.</param>
    /// <param name="target">rows x any number of columns that <paramref name="right"/> has from there on; overwritten.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void Multiply(SimdLevel simd, ShortRows left, ShortPanels right, int from, Matrix<float> target)
    {
        if (target.Rows != left.Rows)
        {
            throw new ArgumentException($"expected {left.Rows} rows, found {target.Rows}", nameof(target));
        }

        Multiply(simd, left, 0, right, from, target);
    }

    /// <summary>
    /// target[i, j] = sum over k of left[row + i, k] right[k, from + j], for as many rows and columns as <paramref name="target"/> has.
    /// </summary>
    /// <param name="simd">The widest vectors to use.</param>
    /// <param name="left">rows x depth.</param>
    /// <param name="row">First row of <paramref name="left"/>, a multiple of <see cref="ShortRows.Block"/>.</param>
    /// <param name="right">depth x columns.</param>
    /// <param name="from">First column of <paramref name="right"/>, a multiple of <see cref="ShortPanels.Width"/>.</param>
    /// <param name="target">All rows from there on, or a multiple of <see cref="ShortRows.Block"/>, x any number of columns; overwritten.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void Multiply(SimdLevel simd, ShortRows left, int row, ShortPanels right, int from, Matrix<float> target)
    {
        if (simd == SimdLevel.Vector512 && Int16Products512.IsSupported)
        {
            Multiply<TileKernel512<Int16Products512>>(left, row, right, from, target);
        }
        else if (simd >= SimdLevel.Vector256 && Int16Avx2Products.IsSupported)
        {
            Multiply<TileKernel256<Int16Avx2Products>>(left, row, right, from, target);
        }
        else if (Int16Sse2Products.IsSupported)
        {
            Multiply<TileKernel128<Int16Sse2Products>>(left, row, right, from, target);
        }
        else
        {
            Multiply<TileKernel128<Int16PortableProducts>>(left, row, right, from, target);
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static unsafe void Multiply<TKernel>(ShortRows left, int first, ShortPanels right, int from, Matrix<float> target)
        where TKernel : struct, ITileKernel
    {
        bool fits = left.Depth == right.Depth && first >= 0 && first % ShortRows.Block == 0
            && (target.Rows == left.Rows - first || (target.Rows % ShortRows.Block == 0 && target.Rows < left.Rows - first))
            && from >= 0 && from % ShortPanels.Width == 0 && target.Columns <= right.Columns - from;
        if (!fits)
        {
            throw new ArgumentException(
                $"expected depth {right.Depth}, {left.Rows} rows from a multiple of {ShortRows.Block} on and at most {right.Columns} columns from a "
                + $"multiple of {ShortPanels.Width} on, found depth {left.Depth} and {target.Rows} x {target.Columns} from [{first}, {from}] on",
                nameof(target));
        }

        const int Length = Tile.MaxRows * Tile.Columns;
        float* memory = stackalloc float[Length];
        var narrow = new Pointer<float>(memory, Length);
        for (int column = 0; column < target.Columns; column += Tile.Columns)
        {
            Matrix<float> columns = target.SliceColumns(column, Math.Min(Tile.Columns, target.Columns - column));
            for (int row = 0; row < target.Rows; row += Tile.MaxRows)
            {
                Matrix<float> part = columns.SliceRows(row, Math.Min(Tile.MaxRows, target.Rows - row));
                bool isFull = part.Columns == Tile.Columns;
                TKernel.Multiply(new Tile
                {
                    Rows = part.Rows,
                    Steps = right.Steps,
                    Left = left.From(first + row),
                    Scales = left.Scales + first + row,
                    Right = right.Panel((from + column) / Tile.Columns),
                    ColumnScales = right.Scales + from + column,
                    Target = isFull ? part.Pointer : narrow,
                    Stride = isFull ? part.Stride : Tile.Columns,
                });
                for (int i = 0; i < part.Rows && !isFull; i++)
                {
                    (narrow + (i * Tile.Columns)).Span(part.Columns).CopyTo(part[i]);
                }
            }
        }
    }
}
