using Picket.Compute;

namespace Picket.Models.DebertaV2;

/// <summary>
/// The convolution beside the first layer that DeBERTa-v2 (xlarge and up) has: norm(first layer's output + GELU(convolution of the embeddings)).
/// Beyond a sequence's ends there are zeros.
/// </summary>
internal sealed class DebertaV2Convolution : IDisposable
{
    private readonly FloatLinear _taps;
    private readonly RowNorm _norm;
    private readonly int _kernel;

    /// <summary>Reads <c>deberta.encoder.conv</c>: weights outputs x inputs x taps, which become one map of the taps' inputs side by side.</summary>
    public DebertaV2Convolution(IWeightReader reader, DebertaV2Config config, ComputeContext context)
    {
        int width = config.HiddenSize;
        _kernel = config.ConvKernelSize;
        float[] stored = new float[width * width * _kernel];
        float[] bias = new float[width];
        reader.Read("deberta.encoder.conv.conv.weight", [width, width, _kernel], stored);
        reader.Read("deberta.encoder.conv.conv.bias", [width], bias);
        _norm = new RowNorm(reader, "deberta.encoder.conv.LayerNorm", width, config.LayerNormEpsilon);
        using var memory = new MatrixBuffer<float>();
        Matrix<float> weights = memory.Shape(width, _kernel * width);
        for (int i = 0; i < stored.Length; i++)
        {
            int tap = i % _kernel;
            int input = i / _kernel % width;
            weights[i / _kernel / width][(tap * width) + input] = stored[i];
        }

        _taps = new FloatLinear(weights, bias, context);
    }

    /// <summary>Replaces the first layer's output, tokens x hidden.</summary>
    public void Apply(ComputeContext context, Matrix<float> embedded, Matrix<float> hidden, ReadOnlySpan<int> starts, DebertaV2Scratch scratch)
    {
        Matrix<float> inputs = scratch.Wide(hidden.Rows, _kernel * hidden.Columns);
        for (int sequence = 0; sequence < starts.Length - 1; sequence++)
        {
            for (int row = starts[sequence]; row < starts[sequence + 1]; row++)
            {
                for (int tap = 0; tap < _kernel; tap++)
                {
                    int from = row + tap - (_kernel / 2);
                    Span<float> target = inputs[row].Slice(tap * hidden.Columns, hidden.Columns);
                    if (from >= starts[sequence] && from < starts[sequence + 1])
                    {
                        embedded[from].CopyTo(target);
                    }
                    else
                    {
                        target.Clear();
                    }
                }
            }
        }

        Matrix<float> sum = scratch.Sum(hidden.Rows);
        _taps.Apply(context, inputs, sum, scratch.Linear, Activation.Gelu);
        _norm.Add(context, sum, hidden);
    }

    public void Dispose() => _taps.Dispose();
}
