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

    private unsafe void Multiply(ComputeContext context, Matrix<float> input, Matrix<float> output, Activation activation) =>
        new PanelProduct
        {
            Left = input,
            Right = _weights,
            Bias = new Pointer<float>(_bias.Address, _bias.Length),
            Target = output,
            Activation = activation,
        }.Run(context);
}
