using System.Runtime.CompilerServices;

namespace Picket.Compute.Quantised;

/// <summary>Quantised rows times packed weights: one piece of work a panel, so that its weights come from memory once.</summary>
internal static class Int8Product
{
    /// <summary>On the fastest kernel of the context's vectors.</summary>
    public static void Multiply(
        ComputeContext context,
        QuantisedRows left,
        Int8Panels right,
        AlignedBuffer<float> scales,
        AlignedBuffer<float> bias,
        Matrix<float> output,
        Activation activation)
    {
        // Zen 5, which has both: 102 products a cycle in 512-bit vectors without an instruction of their own, 64 in 256-bit ones with it.
        if (context.Simd == SimdLevel.Vector512 && Int8Products512.IsSupported)
        {
            Multiply<TileKernel512<Int8Products512>>(context, left, right, scales, bias, output, activation);
        }
        else if (context.Simd >= SimdLevel.Vector256 && Int8VnniProducts.IsSupported)
        {
            Multiply<TileKernel256<Int8VnniProducts>>(context, left, right, scales, bias, output, activation);
        }
        else if (context.Simd >= SimdLevel.Vector256 && Int8Avx2Products.IsSupported)
        {
            Multiply<TileKernel256<Int8Avx2Products>>(context, left, right, scales, bias, output, activation);
        }
        else if (Int8ArmProducts.IsSupported)
        {
            Multiply<TileKernel128<Int8ArmProducts>>(context, left, right, scales, bias, output, activation);
        }
        else if (Int8Ssse3Products.IsSupported)
        {
            Multiply<TileKernel128<Int8Ssse3Products>>(context, left, right, scales, bias, output, activation);
        }
        else
        {
            Multiply<TileKernel128<Int8PortableProducts>>(context, left, right, scales, bias, output, activation);
        }
    }

    /// <summary>On a kernel by name.</summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    internal static void Multiply<TKernel>(
        ComputeContext context,
        QuantisedRows left,
        Int8Panels right,
        AlignedBuffer<float> scales,
        AlignedBuffer<float> bias,
        Matrix<float> output,
        Activation activation)
        where TKernel : struct, ITileKernel
    {
        if (left.Columns != right.Depth || output.Rows != left.Rows || output.Columns != right.Columns)
        {
            throw new ArgumentException(
                $"expected {right.Depth} inputs and {left.Rows} x {right.Columns} outputs, "
                + $"found {left.Columns} and {output.Rows} x {output.Columns}",
                nameof(output));
        }

        context.Run(right.Count, new Work<TKernel>(left, right, scales, bias, output, activation, context.Simd));
    }

    private readonly struct Work<TKernel>(
        QuantisedRows left,
        Int8Panels right,
        AlignedBuffer<float> scales,
        AlignedBuffer<float> bias,
        Matrix<float> output,
        Activation activation,
        SimdLevel simd) : IWork
        where TKernel : struct, ITileKernel
    {
        public void Execute(int piece, int worker)
        {
            int column = piece * Int8Panels.Width;
            if (right.Columns - column >= Int8Panels.Width)
            {
                Matrix<float> target = output.SliceColumns(column, Int8Panels.Width);
                for (int row = 0; row < left.Rows; row += QuantisedRows.Block)
                {
                    int rows = Math.Min(QuantisedRows.Block, left.Rows - row);
                    Compute(row, rows, piece, target.SliceRows(row, rows).Pointer, target.Stride);
                    Activate(target.SliceRows(row, rows));
                }
            }
            else
            {
                ExecuteNarrow(piece, output.SliceColumns(column, right.Columns - column));
            }
        }

        // The last panel, if it is not full: its columns of zeros must not be written beyond the row.
        [SkipLocalsInit]
        private unsafe void ExecuteNarrow(int piece, Matrix<float> target)
        {
            const int Length = QuantisedRows.Block * Int8Panels.Width;
            float* memory = stackalloc float[Length];
            var tile = new Pointer<float>(memory, Length);
            for (int row = 0; row < left.Rows; row += QuantisedRows.Block)
            {
                int rows = Math.Min(QuantisedRows.Block, left.Rows - row);
                Compute(row, rows, piece, tile, Int8Panels.Width);
                for (int i = 0; i < rows; i++)
                {
                    (tile + (i * Int8Panels.Width)).Span(target.Columns).CopyTo(target[row + i]);
                }

                Activate(target.SliceRows(row, rows));
            }
        }

        private void Compute(int row, int rows, int panel, Pointer<float> target, int stride)
        {
            int column = panel * Int8Panels.Width;
            TKernel.Multiply(new Tile
            {
                Rows = rows,
                Steps = right.Steps,
                Left = left.From(row).As<int>(),
                Scales = left.Scales + row,
                Zeros = left.Zeros + row,
                Right = right.Panel(panel).As<int>(),
                ColumnSums = right.Sums + column,
                ColumnScales = scales.Pointer() + column,
                Bias = bias.Pointer() + column,
                Target = target,
                Stride = stride,
            });
        }

        private void Activate(Matrix<float> target)
        {
            if (activation == Activation.Gelu)
            {
                for (int row = 0; row < target.Rows; row++)
                {
                    Elementwise.Gelu(simd, target[row]);
                }
            }
        }
    }
}
