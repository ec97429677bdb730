namespace Picket.Compute;

/// <summary>A linear map in 32-bit floats.</summary>
public sealed class FloatLinear : Linear
{
    private readonly AlignedBuffer<float> _memory;
    private readonly Panels _weights;
    private readonly float[] _bias;

    /// <summary>Packs <paramref name="weights"/>.</summary>
    /// <param name="weights">outputs x inputs, as files hold them.</param>
    /// <param name="bias">One an output.</param>
    public FloatLinear(Matrix<float> weights, ReadOnlySpan<float> bias)
    {
        _memory = new AlignedBuffer<float>(Panels.Length(weights.Columns, weights.Rows));
        _weights = new Panels(_memory, weights.Columns, weights.Rows);
        _weights.PackTransposed(weights);
        _bias = bias.ToArray();
    }

    /// <inheritdoc/>
    public override int Inputs => _weights.Depth;

    /// <inheritdoc/>
    public override int Outputs => _weights.Columns;

    /// <inheritdoc/>
    public override void Apply(
        ComputeContext context, Matrix<float> input, Matrix<float> output, LinearScratch scratch, Activation activation = Activation.None)
    {
        Gemm.Multiply(context.Simd, input, _weights, 0, output);
        for (int row = 0; row < output.Rows; row++)
        {
            Span<float> values = output[row];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] += _bias[i];
            }

            if (activation == Activation.Gelu)
            {
                Elementwise.Gelu(context.Simd, values);
            }
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => _memory.Dispose();
}
