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
    public static void Multiply(SimdLevel simd, Matrix<float> left, Panels right, int from, Matrix<float> target)
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

        for (int column = 0; column < target.Columns; column += Panels.Width)
        {
            Pointer<float> panel = right.Panel((from + column) / Panels.Width);
            Multiply(simd, left.Pointer, left.Stride, 1, panel, right.Depth, target, column, accumulate: false);
        }
    }

    /// <summary>target += left right, of which the rows from <paramref name="from"/> on are taken, as many as left has columns.</summary>
    internal static void Add(SimdLevel simd, Matrix<float> left, Panels right, int from, Matrix<float> target)
    {
        for (int column = 0; column < target.Columns; column += Panels.Width)
        {
            Pointer<float> panel = right.Panel(column / Panels.Width) + (from * Panels.Width);
            Multiply(simd, left.Pointer, left.Stride, 1, panel, left.Columns, target, column, accumulate: true);
        }
    }

    /// <summary>target += leftᵀ right, of which the rows from <paramref name="from"/> on are taken, as many as left has.</summary>
    internal static void AddTransposed(SimdLevel simd, Matrix<float> left, Panels right, int from, Matrix<float> target)
    {
        for (int column = 0; column < target.Columns; column += Panels.Width)
        {
            Pointer<float> panel = right.Panel(column / Panels.Width) + (from * Panels.Width);
            Multiply(simd, left.Pointer, 1, left.Stride, panel, left.Rows, target, column, accumulate: true);
        }
    }

    private static unsafe void Multiply(
        SimdLevel simd,
        Pointer<float> left,
        nint leftStride,
        nint leftStep,
        Pointer<float> panel,
        nint depth,
        Matrix<float> target,
        int column,
        bool accumulate)
    {
        var product = new FloatPanel
        {
            Left = left,
            LeftStride = leftStride,
            LeftStep = leftStep,
            Rows = target.Rows,
            Right = panel,
            Depth = depth,
            Bias = new Pointer<float>(NoBias.Address, NoBias.Length),
            Accumulate = accumulate,
            Target = target.Pointer + column,
            TargetStride = target.Stride,
            Columns = Math.Min(Panels.Width, target.Columns - column),
            Ahead = panel + (depth * Panels.Width),
        };
        product.Multiply(simd);
    }

    private static AlignedBuffer<float> Zeros(int length)
    {
        var buffer = new AlignedBuffer<float>(length);
        buffer.Span.Clear();
        return buffer;
    }
}
