using Picket.Compute.Products;

namespace Picket.Compute;

/// <summary>Products of float matrices on the calling thread.</summary>
public static class Gemm
{
    private static readonly AlignedBuffer<float> NoBias = Zeros(Panels.Width);

    /// <summary>target[i, j] = sum over k of left[i, k] right[k, from + j], for as many columns as <paramref name="target"/> has.</summary>
    /// <param name="simd">The widest vectors to use.</param>
    /// <param name="left">rows x depth.</param>
    /// <param name="right">depth x columns, packed.</param>
    /// <param name="from">First column of <paramref name="right"/>, a multiple of <see cref="Panels.Width"/>.</param>
    /// <param name="target">rows x any number of columns that <paramref name="right"/> has from there on; overwritten.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static unsafe void Multiply(SimdLevel simd, Matrix<float> left, Panels right, int from, Matrix<float> target)
    {
        bool fits = left.Columns == right.Depth && left.Rows == target.Rows
            && from >= 0 && from % Panels.Width == 0 && target.Columns <= right.Columns - from;
        if (!fits)
        {
            throw new ArgumentException(
                $"expected a {left.Rows} x {right.Depth} matrix for columns of {right.Columns}, "
                + $"found {left.Rows} x {left.Columns} for {target.Rows} x {target.Columns} from column {from}",
                nameof(target));
        }

        var bias = new Pointer<float>(NoBias.Address, NoBias.Length);
        for (int column = 0; column < target.Columns; column += Panels.Width)
        {
            Pointer<float> panel = right.Panel((from + column) / Panels.Width);
            var product = new FloatPanel
            {
                Left = left.Pointer,
                LeftStride = left.Stride,
                Rows = left.Rows,
                Right = panel,
                Depth = right.Depth,
                Bias = bias,
                Target = target.Pointer + column,
                TargetStride = target.Stride,
                Columns = Math.Min(Panels.Width, target.Columns - column),
                Ahead = panel + ((nint)right.Depth * Panels.Width),
            };
            product.Multiply(simd);
        }
    }

    private static AlignedBuffer<float> Zeros(int length)
    {
        var buffer = new AlignedBuffer<float>(length);
        buffer.Span.Clear();
        return buffer;
    }
}
