using Picket.Models.Formats;

namespace Picket.Models.DebertaV2;

/// <summary>The weights of a checkpoint on disk, converted to floats as they are read.</summary>
/// <param name="source">The tensors; the caller disposes of them, after the loading.</param>
internal sealed class CheckpointReader(TensorSource source) : IWeightReader
{
    public TensorSource Checkpoint => source;

    public bool Contains(string name) => source.Contains(name);

    public void Read(string name, ReadOnlySpan<int> shape, Span<float> destination) => source.ReadFloats(name, shape, destination);

    public IEmbeddingTable ReadEmbeddings(string name, int rows, int columns)
    {
        TensorInfo info = source.Info(name);
        return info.Type != TensorType.I8 && info.Shape.SequenceEqual([rows, columns])
            ? new MappedEmbeddings(source.Map(name))
            : throw new PicketException($"{source.Path}: tensor {name}: expected F32, F16 or BF16 [{rows}, {columns}], found {info}");
    }
}
