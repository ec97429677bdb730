using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Picket.Compute.Quantised;

/// <summary>Quantised rows times packed weights: one piece of work a panel, so that its weights come from memory once.</summary>
internal static class Int8Product
{
    // Rows that stay in a core's second-level cache while the panels pass by; a panel is read once for that many.
    private const int ChunkBytes = 384 * 1024;

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

        int chunk = Math.Max(QuantisedRows.Block, ChunkBytes / (right.Steps * Int8Panels.Step) / QuantisedRows.Block * QuantisedRows.Block);
        int chunks = (left.Rows + chunk - 1) / chunk;
        context.Run(right.Count * chunks, new Work<TKernel>(left, right, scales, bias, output, activation, context.Simd, chunk));
    }

    private readonly struct Work<TKernel>(
        QuantisedRows left,
        Int8Panels right,
        AlignedBuffer<float> scales,
        AlignedBuffer<float> bias,
        Matrix<float> output,
        Activation activation,
        SimdLevel simd,
        int chunk) : IWork
        where TKernel : struct, ITileKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Execute(int piece, int worker)
        {
            (int number, int panel) = Math.DivRem(piece, right.Count);
            int first = number * chunk;
            int column = panel * Int8Panels.Width;
            int columns = Math.Min(Int8Panels.Width, right.Columns - column);
            Matrix<float> target = output.Slice(first, Math.Min(chunk, left.Rows - first), column, columns);
            if (columns == Int8Panels.Width)
            {
                for (int row = 0; row < target.Rows; row += QuantisedRows.Block)
                {
                    Matrix<float> part = target.SliceRows(row, Math.Min(QuantisedRows.Block, target.Rows - row));
                    Prefetch(part);
                    Compute(first + row, part.Rows, panel, part.Pointer, part.Stride);
                    Activate(part);
                }
            }
            else
            {
                ExecuteNarrow(first, panel, target);
            }
        }

        // The last panel, if it is not full: its columns of zeros must not be written beyond the row.
        [SkipLocalsInit]
        private unsafe void ExecuteNarrow(int first, int panel, Matrix<float> target)
        {
            const int Length = QuantisedRows.Block * Int8Panels.Width;
            float* memory = stackalloc float[Length];
            var tile = new Pointer<float>(memory, Length);
            for (int row = 0; row < target.Rows; row += QuantisedRows.Block)
            {
                Matrix<float> part = target.SliceRows(row, Math.Min(QuantisedRows.Block, target.Rows - row));
                Compute(first + row, part.Rows, panel, tile, Int8Panels.Width);
                for (int i = 0; i < part.Rows; i++)
                {
                    (tile + (i * Int8Panels.Width)).Span(part.Columns).CopyTo(part[i]);
                }

                Activate(part);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

        // The lines that are written when the tile is done come while it is computed: 84 to 90 % of the peak for 824 rows.
        private static unsafe void Prefetch(Matrix<float> target)
        {
            for (int row = 0; row < target.Rows && Sse.IsSupported; row++)
            {
                fixed (float* place = target[row])
                {
                    Sse.Prefetch0(place);
                    Sse.Prefetch0(place + 16);
                }
            }
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
