using Picket.Compute.Products;
using Picket.Compute.Simd;

namespace Picket.Compute;

/// <summary>A linear map with weights in 16-bit floats and arithmetic in 32 bits: half the memory, and half the bytes read a pass.</summary>
/// <remarks>
/// A thread turns a panel into floats in its second-level cache with the first tile of rows and uses those for the others. Outputs are those of a
/// <see cref="FloatLinear"/> with the same, rounded weights, bit by bit.
/// </remarks>
public sealed class HalfLinear : Linear
{
    private readonly AlignedBuffer<ushort> _weights;
    private readonly AlignedBuffer<float> _bias;

    /// <summary>Packs <paramref name="weights"/>, rounded to the nearest half, ties to even.</summary>
    /// <param name="weights">outputs x inputs, as files hold them.</param>
    /// <param name="bias">One an output.</param>
    /// <param name="context">Threads to pack with; by default the caller packs alone.</param>
    /// <exception cref="ArgumentException">There is not one bias an output, or a weight is not finite as a half.</exception>
    public HalfLinear(Matrix<float> weights, ReadOnlySpan<float> bias, ComputeContext? context = null)
        : this(weights.Columns, weights.Rows, bias) => LinearParts.Run(context, Panels.Count(Outputs), new FloatPacking(weights, _weights));

    /// <summary>Packs weights that are halves already.</summary>
    /// <param name="weights">outputs x inputs, the bits of each <see cref="Half"/>.</param>
    /// <param name="bias">One an output.</param>
    /// <param name="context">Threads to pack with; by default the caller packs alone.</param>
    /// <exception cref="ArgumentException">There is not one bias an output, or a weight is not finite as a half.</exception>
    public HalfLinear(Matrix<ushort> weights, ReadOnlySpan<float> bias, ComputeContext? context = null)
        : this(weights.Columns, weights.Rows, bias) => LinearParts.Run(context, Panels.Count(Outputs), new HalfPacking(weights, _weights));

    private HalfLinear(int inputs, int outputs, ReadOnlySpan<float> bias)
    {
        Inputs = inputs;
        Outputs = outputs;
        _bias = LinearParts.PadBias(bias, outputs);
        _weights = new AlignedBuffer<ushort>(Panels.Length(inputs, outputs));
    }

    /// <inheritdoc/>
    public override int Inputs { get; }

    /// <inheritdoc/>
    public override int Outputs { get; }

    /// <inheritdoc/>
    public override void Apply(
        ComputeContext context, Matrix<float> input, Matrix<float> output, LinearScratch scratch, Activation activation = Activation.None)
    {
        LinearParts.Check(this, input, output);
        int panels = Panels.Count(Outputs);
        int blocks = LinearParts.RowBlocks(context.Threads, panels, input.Rows);
        Matrix<float> widened = scratch.Panels.Shape(context.Threads, Inputs * Panels.Width);
        context.Run(panels * blocks, new Work(context, input, _weights, _bias, output, widened, blocks, activation));
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _weights.Dispose();
        _bias.Dispose();
    }

    private static unsafe Pointer<ushort> Panel(AlignedBuffer<ushort> weights, int inputs, int panel) =>
        new Pointer<ushort>(weights.Address, weights.Length) + ((nint)panel * inputs * Panels.Width);

    private readonly struct Work(
        ComputeContext context,
        Matrix<float> input,
        AlignedBuffer<ushort> weights,
        AlignedBuffer<float> bias,
        Matrix<float> output,
        Matrix<float> widened,
        int blocks,
        Activation activation) : IWork
    {
        public unsafe void Execute(int piece, int worker)
        {
            int panels = Panels.Count(output.Columns);
            int block = piece / panels;
            int panel = piece % panels;
            int row = (int)((long)input.Rows * block / blocks);
            int column = panel * Panels.Width;
            Pointer<float> right = widened.SliceRows(worker, 1).Pointer;
            var product = new FloatPanel
            {
                Left = input.Pointer + ((nint)row * input.Stride),
                LeftStride = input.Stride,
                Rows = (int)((long)input.Rows * (block + 1) / blocks) - row,
                Right = right,
                Halves = Panel(weights, input.Columns, panel),
                FromHalves = true,
                Depth = input.Columns,
                Bias = new Pointer<float>(bias.Address, bias.Length) + column,
                Target = output.Pointer + ((nint)row * output.Stride) + column,
                TargetStride = output.Stride,
                Columns = Math.Min(Panels.Width, output.Columns - column),
                Ahead = Panel(weights, input.Columns, Math.Min(panel + context.Threads, panels - 1)).As<float>(),
                AheadTiles = 1,
                Activation = activation,
            };
            product.Multiply(context.Simd);
        }
    }

    private readonly struct FloatPacking(Matrix<float> source, AlignedBuffer<ushort> target) : IWork
    {
        public void Execute(int piece, int worker)
        {
            Span<ushort> halves = stackalloc ushort[Transpose.Strip];
            Pointer<ushort> panel = Panel(target, source.Columns, piece);
            for (int k = 0; k < source.Columns; k += Transpose.Strip)
            {
                int length = Math.Min(Transpose.Strip, source.Columns - k);
                for (int i = 0; i < Panels.Width; i++)
                {
                    int row = (piece * Panels.Width) + i;
                    if (row < source.Rows)
                    {
                        Halves.Narrow(source[row].Slice(k, length), halves);
                    }
                    else
                    {
                        halves.Clear();
                    }

                    Transpose.ToColumn(halves[..length], panel + ((nint)k * Panels.Width) + i);
                }
            }
        }
    }

    private readonly struct HalfPacking(Matrix<ushort> source, AlignedBuffer<ushort> target) : IWork
    {
        public void Execute(int piece, int worker)
        {
            ReadOnlySpan<ushort> zeros = stackalloc ushort[Transpose.Strip];
            Pointer<ushort> panel = Panel(target, source.Columns, piece);
            for (int k = 0; k < source.Columns; k += Transpose.Strip)
            {
                int length = Math.Min(Transpose.Strip, source.Columns - k);
                for (int i = 0; i < Panels.Width; i++)
                {
                    int row = (piece * Panels.Width) + i;
                    ReadOnlySpan<ushort> halves = row < source.Rows ? source[row].Slice(k, length) : zeros[..length];
                    Transpose.ToColumn(halves, panel + ((nint)k * Panels.Width) + i);
                }
            }
        }
    }
}
