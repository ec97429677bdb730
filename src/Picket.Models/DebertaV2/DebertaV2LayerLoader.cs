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
    private readonly RelativeEmbeddings _relative;

    public DebertaV2LayerLoader(IWeightReader reader, DebertaV2Config config, ComputeContext context, LinearFactory factory)
    {
        _reader = reader;
        _config = config;
        _context = context;
        _factory = factory;
        _relative = new RelativeEmbeddings(reader, config, context);
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
        _relative.Dispose();
    }

    private LinearSource Source(int inputs, int outputs, params string[] names) => new(_reader, _context, _memory, inputs, outputs, names);

    /// <summary>
    /// The relative embeddings through the layer's own query and key projections (share_att_key), biases included. In floats, whatever the
    /// weights are kept in, by the loader or already by the quantiser: it is done once, and an error here is in every score.
    /// </summary>
    private PositionPanels Positions(string self, Linear projections)
    {
        (string query, string key) = ($"{self}.query_proj", $"{self}.key_proj");
        int width = _config.HiddenSize;
        if (_reader.Contains(RelativeEmbeddings.ResultOf(query)) && _reader.Contains(RelativeEmbeddings.ResultOf(key)))
        {
            int rows = _config.RelativeRows;
            Matrix<float> stored = _memory.Shape(2 * rows, width);
            _reader.Read(RelativeEmbeddings.ResultOf(query), [rows, width], _memory.Elements(0, rows * width));
            _reader.Read(RelativeEmbeddings.ResultOf(key), [rows, width], _memory.Elements((long)rows * width, rows * width));
            return Panels(projections, stored.SliceRows(0, rows), stored.SliceRows(rows, rows));
        }

        FloatLinear map = projections as FloatLinear ?? FloatLinear(width, width, query, key);
        try
        {
            Matrix<float> projected = _relative.Project(map, 2 * width);
            return Panels(projections, projected.SliceColumns(0, width), projected.SliceColumns(width, width));
        }
        finally
        {
            if (map != projections)
            {
                map.Dispose();
            }
        }
    }

    private PositionPanels Panels(Linear projections, Matrix<float> queries, Matrix<float> keys) => projections is Int8Linear
        ? new ShortPositionPanels(queries, keys, _config.Heads, _context)
        : new FloatPositionPanels(queries, keys, _config.Heads, _context);
}
