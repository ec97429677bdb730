using Picket.Compute;

namespace Picket.Models.DebertaV2;

/// <summary>Loads layers one after another; beside what stays, at most one weight matrix is in memory.</summary>
internal sealed class DebertaV2LayerLoader : IDisposable
{
    private readonly IWeightReader _reader;
    private readonly DebertaV2Config _config;
    private readonly ComputeContext _context;
    private readonly LinearFactory _factory;
    private readonly WeightBuffer _memory = new();
    private readonly MatrixBuffer<float> _embeddings = new();
    private readonly MatrixBuffer<float> _projected = new();
    private readonly Matrix<float> _relative;

    public DebertaV2LayerLoader(IWeightReader reader, DebertaV2Config config, ComputeContext context, LinearFactory factory)
    {
        _reader = reader;
        _config = config;
        _context = context;
        _factory = factory;
        int width = config.HiddenSize;
        float[] rows = new float[config.RelativeRows * width];
        reader.Read("deberta.encoder.rel_embeddings.weight", [config.RelativeRows, width], rows);
        _relative = _embeddings.Shape(config.RelativeRows, width);
        for (int row = 0; row < _relative.Rows; row++)
        {
            rows.AsSpan(row * width, width).CopyTo(_relative[row]);
        }

        new RowNorm(reader, "deberta.encoder.LayerNorm", width, config.LayerNormEpsilon).Apply(context, _relative);
    }

    /// <summary>Makes a map by the factory.</summary>
    public Linear Linear(int inputs, int outputs, params string[] names) => _factory(Source(inputs, outputs, names));

    /// <summary>Makes a map of floats whatever the factory makes.</summary>
    public FloatLinear FloatLinear(int inputs, int outputs, params string[] names) =>
        (FloatLinear)LinearFactories.Fp32(Source(inputs, outputs, names));

    /// <summary>Loads layer <paramref name="number"/>.</summary>
    public DebertaV2Layer Load(int number)
    {
        string name = $"deberta.encoder.layer.{number}";
        string self = $"{name}.attention.self";
        int width = _config.HiddenSize;
        var parts = new Stack<IDisposable>();
        try
        {
            Linear projections = Keep(Linear(width, width, $"{self}.query_proj", $"{self}.key_proj", $"{self}.value_proj"));
            return new DebertaV2Layer(
                projections,
                Keep(Linear(width, width, $"{name}.attention.output.dense")),
                Keep(Linear(width, _config.IntermediateSize, $"{name}.intermediate.dense")),
                Keep(Linear(_config.IntermediateSize, width, $"{name}.output.dense")),
                Keep(Positions(self, projections)),
                Norm($"{name}.attention.output.LayerNorm"),
                Norm($"{name}.output.LayerNorm"));
        }
        catch
        {
            while (parts.TryPop(out IDisposable? part))
            {
                part.Dispose();
            }

            throw;
        }

        T Keep<T>(T part)
            where T : IDisposable
        {
            parts.Push(part);
            return part;
        }
    }

    /// <summary>Reads a layer norm.</summary>
    public RowNorm Norm(string name) => new(_reader, name, _config.HiddenSize, _config.LayerNormEpsilon);

    public void Dispose()
    {
        _memory.Dispose();
        _embeddings.Dispose();
        _projected.Dispose();
    }

    private LinearSource Source(int inputs, int outputs, params string[] names) => new(_reader, _context, _memory, inputs, outputs, names);

    /// <summary>
    /// The relative embeddings through the layer's own query and key projections (share_att_key), biases included. In floats, whatever the
    /// weights are kept in: it is done once, and an error here is in every score.
    /// </summary>
    private PositionPanels Positions(string self, Linear projections)
    {
        int width = _config.HiddenSize;
        FloatLinear map = projections as FloatLinear ?? FloatLinear(width, width, $"{self}.query_proj", $"{self}.key_proj");
        try
        {
            Matrix<float> projected = _projected.Shape(_relative.Rows, 2 * width);
            map.ApplyFirst(_context, _relative, projected);
            Matrix<float> queries = projected.SliceColumns(0, width);
            Matrix<float> keys = projected.SliceColumns(width, width);
            return projections is Int8Linear
                ? new ShortPositionPanels(queries, keys, _config.Heads, _context)
                : new FloatPositionPanels(queries, keys, _config.Heads, _context);
        }
        finally
        {
            if (map != projections)
            {
                map.Dispose();
            }
        }
    }
}
