using System.Buffers;
using Picket.Compute;
using Picket.Models.Formats;

namespace Picket.Models.DebertaV2;

/// <summary>The weights of a checkpoint on disk, converted to floats as they are read.</summary>
/// <param name="source">The tensors; the caller disposes of them, after the loading.</param>
internal sealed class CheckpointReader(TensorSource source) : IWeightReader
{
    public TensorSource Checkpoint => source;

    /// <summary>The tensor with the scales of an int8 tensor's rows: row = scale * numbers.</summary>
    public static string ScalesOf(string name) => $"{name}_scale";

    /// <summary>Reads the scales of an int8 tensor's rows.</summary>
    /// <exception cref="PicketException">They are absent, or are not one a row, or one is no scale: NaN, infinite, or below 0.</exception>
    public static void ReadScales(TensorSource source, string name, Span<float> scales)
    {
        name = ScalesOf(name);
        source.ReadFloats(name, [scales.Length], scales);
        for (int row = 0; row < scales.Length; row++)
        {
            if (!(scales[row] >= 0 && float.IsFinite(scales[row])))
            {
                throw new PicketException(
                    $"{source.Path}: tensor {name}: expected numbers from 0 on, found {scales[row]} for row {row}; the weights are damaged");
            }
        }
    }

    public bool Contains(string name) => source.Contains(name);

    public void Read(string name, ReadOnlySpan<int> shape, Span<float> destination)
    {
        if (source.Contains(name) && source.Info(name).Type == TensorType.I8)
        {
            ReadInt8(name, shape, destination);
        }
        else
        {
            source.ReadFloats(name, shape, destination);
        }
    }

    public IEmbeddingTable ReadEmbeddings(string name, int rows, int columns)
    {
        TensorInfo info = source.Info(name);
        if (!info.Shape.SequenceEqual([rows, columns]))
        {
            throw new PicketException($"{source.Path}: tensor {name}: expected [{rows}, {columns}], found {info}");
        }

        float[] scales = info.Type == TensorType.I8 ? new float[rows] : [];
        if (scales.Length > 0)
        {
            ReadScales(source, name, scales);
        }

        return new MappedEmbeddings(source.Map(name), scales);
    }

    private void ReadInt8(string name, ReadOnlySpan<int> shape, Span<float> destination)
    {
        sbyte[] numbers = ArrayPool<sbyte>.Shared.Rent(destination.Length);
        source.ReadInt8(name, shape, numbers.AsSpan(0, destination.Length));
        float[] scales = new float[shape[0]];
        ReadScales(source, name, scales);
        int width = destination.Length / Math.Max(1, scales.Length);
        for (int row = 0; row < scales.Length; row++)
        {
            Int8Quantiser.DequantiseRow(numbers.AsSpan(row * width, width), scales[row], destination.Slice(row * width, width));
        }

        ArrayPool<sbyte>.Shared.Return(numbers);
    }
}
