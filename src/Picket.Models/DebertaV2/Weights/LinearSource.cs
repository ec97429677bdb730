using Picket.Compute;
using Picket.Models.Formats;

namespace Picket.Models.DebertaV2;

/// <summary>Makes a linear map of what a checkpoint holds: one function a way of keeping weights, chosen layer by layer if need be.</summary>
/// <remarks>Called once a map, one layer after another. What it reads is valid until it returns; the network disposes of the map.</remarks>
public delegate Linear LinearFactory(LinearSource source);

/// <summary>What one linear map is made of: the weights of one or more projections of the same input, stacked.</summary>
public sealed class LinearSource
{
    private readonly WeightBuffer _memory;
    private readonly int[] _shape;

    internal LinearSource(IWeightReader reader, ComputeContext context, WeightBuffer memory, int inputs, int outputs, params string[] names)
    {
        Reader = reader;
        Context = context;
        Names = names;
        Inputs = inputs;
        Outputs = outputs * names.Length;
        _memory = memory;
        _shape = [outputs, inputs];
    }

    /// <summary>Where the weights come from.</summary>
    public IWeightReader Reader { get; }

    /// <summary>Threads to pack with.</summary>
    public ComputeContext Context { get; }

    /// <summary>Names of the projections: each has a tensor <c>NAME.weight</c> and a tensor <c>NAME.bias</c>.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Columns of the input.</summary>
    public int Inputs { get; }

    /// <summary>Columns of the output, over all projections.</summary>
    public int Outputs { get; }

    /// <summary>Reads the weights, <see cref="Outputs"/> x <see cref="Inputs"/>, into memory that the next map reuses.</summary>
    /// <exception cref="PicketException">A tensor is absent or has another shape, or cannot be read.</exception>
    public Matrix<float> ReadWeights()
    {
        Matrix<float> weights = _memory.Shape(Outputs, Inputs);
        for (int i = 0; i < Names.Count; i++)
        {
            Reader.Read($"{Names[i]}.weight", _shape, _memory.Elements((long)i * _shape[0] * Inputs, _shape[0] * Inputs));
        }

        return weights;
    }

    /// <summary>The type that the checkpoint stores the weights as; <see langword="null"/> where there is no checkpoint.</summary>
    /// <exception cref="PicketException">A tensor is absent, or the projections' types differ.</exception>
    public TensorType? StoredType
    {
        get
        {
            if (Reader.Checkpoint is not { } checkpoint)
            {
                return null;
            }

            TensorType first = checkpoint.Info($"{Names[0]}.weight").Type;
            string? other = Names.FirstOrDefault(name => checkpoint.Info($"{name}.weight").Type != first);
            return other is null
                ? first
                : throw new PicketException(
                    $"{checkpoint.Path}: tensor {other}.weight: expected {first}, as {Names[0]}.weight has, found {checkpoint.Info($"{other}.weight").Type}");
        }
    }

    /// <summary>Reads int8 weights, <see cref="Outputs"/> x <see cref="Inputs"/>, and their scales, one an output.</summary>
    /// <exception cref="PicketException">A tensor is absent or has another shape or type, or cannot be read.</exception>
    public void ReadInt8(Span<sbyte> weights, Span<float> scales)
    {
        TensorSource checkpoint = Reader.Checkpoint ?? throw new InvalidOperationException("there is no checkpoint");
        for (int i = 0; i < Names.Count; i++)
        {
            int rows = _shape[0];
            checkpoint.ReadInt8($"{Names[i]}.weight", _shape, weights.Slice(i * rows * Inputs, rows * Inputs));
            CheckpointReader.ReadScales(checkpoint, $"{Names[i]}.weight", scales.Slice(i * rows, rows));
        }
    }

    /// <summary>Quantises the weights to int8, <see cref="Outputs"/> x <see cref="Inputs"/>, with a scale an output.</summary>
    /// <exception cref="PicketException">As <see cref="ReadWeights"/>.</exception>
    public void Quantise(Span<sbyte> weights, Span<float> scales)
    {
        _ = ReadWeights();
        Int8Quantiser.QuantiseWeights(Context, _memory.Elements(0, weights.Length), weights, scales);
    }

    /// <summary>Reads the biases, one an output.</summary>
    /// <exception cref="PicketException">A tensor is absent or has another shape, or cannot be read.</exception>
    public float[] ReadBias()
    {
        float[] bias = new float[Outputs];
        for (int i = 0; i < Names.Count; i++)
        {
            Reader.Read($"{Names[i]}.bias", _shape.AsSpan(0, 1), bias.AsSpan(i * _shape[0], _shape[0]));
        }

        return bias;
    }
}
