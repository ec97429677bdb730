using Picket.Compute.Quantised;

namespace Picket.Compute;

/// <summary>A linear map with int8 weights, a scale an output, and inputs that are quantised to seven bits row by row as they come.</summary>
/// <remarks>
/// The products are summed without any rounding, so that every machine and every number of threads gives the same bits. One quarter of the
/// memory of <see cref="FloatLinear"/> and two and a half to three times its speed.
/// </remarks>
public sealed class Int8Linear : Linear
{
    private readonly Int8Panels _weights;
    private readonly AlignedBuffer<float> _scales;
    private readonly AlignedBuffer<float> _bias;

    /// <summary>Packs <paramref name="weights"/> on all of the context's threads; they are not needed afterwards.</summary>
    /// <param name="context">Threads to pack on.</param>
    /// <param name="weights">outputs x inputs, row-major, bounded as <see cref="Int8Quantiser"/> makes them.</param>
    /// <param name="scales">One an output: weight = scale * value.</param>
    /// <param name="bias">One an output; empty for none.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or the weights are not bounded as the kernels need them.</exception>
    public Int8Linear(ComputeContext context, ReadOnlySpan<sbyte> weights, ReadOnlySpan<float> scales, ReadOnlySpan<float> bias)
    {
        if (!bias.IsEmpty && bias.Length != scales.Length)
        {
            throw new ArgumentException($"expected as many biases as scales or none, found {bias.Length} and {scales.Length}", nameof(bias));
        }

        _weights = new Int8Panels(context, weights, scales.Length);
        _scales = Padded(scales, _weights.Count * Int8Panels.Width);
        _bias = Padded(bias, _weights.Count * Int8Panels.Width);
    }

    /// <inheritdoc/>
    public override int Inputs => _weights.Depth;

    /// <inheritdoc/>
    public override int Outputs => _weights.Columns;

    /// <inheritdoc/>
    public override void Apply(
        ComputeContext context, Matrix<float> input, Matrix<float> output, LinearScratch scratch, Activation activation = Activation.None)
    {
        scratch.Rows.Quantise(context, input);
        Apply(context, scratch.Rows, output, activation);
    }

    /// <summary>The same from rows that are quantised already: several maps may read them.</summary>
    /// <param name="context">Threads and instruction set.</param>
    /// <param name="input">rows x <see cref="Linear.Inputs"/>.</param>
    /// <param name="output">rows x <see cref="Linear.Outputs"/>; overwritten.</param>
    /// <param name="activation">What is done to each element of the product.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public void Apply(ComputeContext context, QuantisedRows input, Matrix<float> output, Activation activation = Activation.None) =>
        Int8Product.Multiply(context, input, _weights, _scales, _bias, output, activation);

    /// <inheritdoc/>
    public override void Dispose()
    {
        _weights.Dispose();
        _scales.Dispose();
        _bias.Dispose();
    }

    private static AlignedBuffer<float> Padded(ReadOnlySpan<float> values, int length)
    {
        var padded = new AlignedBuffer<float>(length);
        values.CopyTo(padded.Span);
        padded.Span[values.Length..].Clear();
        return padded;
    }
}
