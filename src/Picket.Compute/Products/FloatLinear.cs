using Picket.Compute.Products;

namespace Picket.Compute;

/// <summary>A linear map in 32-bit floats.</summary>
/// <remarks>An output depends on its row and on the weights alone: not on the number of threads, nor on the rows beside it.</remarks>
public sealed class FloatLinear : Linear
{
    private readonly AlignedBuffer<float> _memory;
    private readonly AlignedBuffer<float> _bias;
    private readonly Panels _weights;

    /// <summary>Packs <paramref name="weights"/>.</summary>
    /// <param name="weights">outputs x inputs, as files hold them.</param>
    /// <param name="bias">One an output.</param>
    /// <param name="context">Threads to pack with; by default the caller packs alone.</param>
    /// <exception cref="ArgumentException">There is not one bias an output.</exception>
    public FloatLinear(Matrix<float> weights, ReadOnlySpan<float> bias, ComputeContext? context = null)
    {
        _bias = LinearParts.PadBias(bias, weights.Rows);
        _memory = new AlignedBuffer<float>(Panels.Length(weights.Columns, weights.Rows));
        _weights = new Panels(_memory, weights.Columns, weights.Rows);
        _weights.PackTransposed(weights, context);
    }

    /// <inheritdoc/>
    public override int Inputs => _weights.Depth;

    /// <inheritdoc/>
    public override int Outputs => _weights.Columns;

    /// <inheritdoc/>
    public override void Apply(
        ComputeContext context, Matrix<float> input, Matrix<float> output, LinearScratch scratch, Activation activation = Activation.None)
    {
        LinearParts.Check(this, input, output);
        Multiply(context, input, output, activation);
    }

    /// <summary>The first outputs alone, as many as <paramref name="output"/> has columns.</summary>
    /// <param name="context">Threads and instruction set.</param>
    /// <param name="input">rows x <see cref="Inputs"/>.</param>
    /// <param name="output">rows x at most <see cref="Outputs"/>; overwritten.</param>
    /// <exception cref="ArgumentException">The matrices do not fit the map.</exception>
    public void ApplyFirst(ComputeContext context, Matrix<float> input, Matrix<float> output)
    {
        if (input.Columns != Inputs || output.Columns > Outputs || input.Rows != output.Rows)
        {
            throw new ArgumentException(
                $"expected rows of {Inputs} and as many of at most {Outputs}, found {input.Rows} x {input.Columns} and {output.Rows} x {output.Columns}",
                nameof(output));
        }

        Multiply(context, input, output, Activation.None);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _memory.Dispose();
        _bias.Dispose();
    }

    private void Multiply(ComputeContext context, Matrix<float> input, Matrix<float> output, Activation activation)
    {
        int panels = Panels.Count(output.Columns);
        int blocks = LinearParts.RowBlocks(context.Threads, panels, input.Rows);
        context.Run(panels * blocks, new Work(context, input, _weights, _bias, output, blocks, activation));
    }

    private readonly struct Work(
        ComputeContext context,
        Matrix<float> input,
        Panels weights,
        AlignedBuffer<float> bias,
        Matrix<float> output,
        int blocks,
        Activation activation) : IWork
    {
        public unsafe void Execute(int piece, int worker)
        {
            // All panels for one block of rows, then the next block: the block stays in the third-level cache.
            int panels = Panels.Count(output.Columns);
            int block = piece / panels;
            int panel = piece % panels;
            int row = (int)((long)input.Rows * block / blocks);
            int column = panel * Panels.Width;
            var product = new FloatPanel
            {
                Left = input.Pointer + ((nint)row * input.Stride),
                LeftStride = input.Stride,
                Rows = (int)((long)input.Rows * (block + 1) / blocks) - row,
                Right = weights.Panel(panel),
                Depth = weights.Depth,
                Bias = new Pointer<float>(bias.Address, bias.Length) + column,
                Target = output.Pointer + ((nint)row * output.Stride) + column,
                TargetStride = output.Stride,
                Columns = Math.Min(Panels.Width, output.Columns - column),
                Ahead = weights.Panel(Math.Min(panel + context.Threads, panels - 1)),
                Activation = activation,
            };
            product.Multiply(context.Simd);
        }
    }
}
