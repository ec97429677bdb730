using Picket.Compute;

namespace Picket.Models.DebertaV2;

/// <summary>The relative embeddings, layer-normed, and their way through a layer's projections: nothing of it depends on a text.</summary>
internal sealed class RelativeEmbeddings : IDisposable
{
    private readonly MatrixBuffer<float> _embeddings = new();
    private readonly MatrixBuffer<float> _projected = new();
    private readonly ComputeContext _context;
    private readonly Matrix<float> _rows;

    public RelativeEmbeddings(IWeightReader reader, DebertaV2Config config, ComputeContext context)
    {
        _context = context;
        int width = config.HiddenSize;
        float[] values = new float[config.RelativeRows * width];
        reader.Read("deberta.encoder.rel_embeddings.weight", [config.RelativeRows, width], values);
        _rows = _embeddings.Shape(config.RelativeRows, width);
        for (int row = 0; row < _rows.Rows; row++)
        {
            values.AsSpan(row * width, width).CopyTo(_rows[row]);
        }

        new RowNorm(reader, "deberta.encoder.LayerNorm", width, config.LayerNormEpsilon).Apply(context, _rows);
    }

    /// <summary>
    /// The tensor of an int8 checkpoint that holds a projection's result, so that loading need not make it anew: NAME.positions, positions x
    /// hidden.
    /// </summary>
    public static string ResultOf(string projection) => $"{projection}.positions";

    /// <summary>The first outputs of a map for every position, biases included; valid until the next call.</summary>
    /// <param name="map">The projection, or several side by side.</param>
    /// <param name="outputs">How many of its outputs.</param>
    public Matrix<float> Project(FloatLinear map, int outputs)
    {
        Matrix<float> projected = _projected.Shape(_rows.Rows, outputs);
        map.ApplyFirst(_context, _rows, projected);
        return projected;
    }

    public void Dispose()
    {
        _embeddings.Dispose();
        _projected.Dispose();
    }
}
