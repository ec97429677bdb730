using Picket.Models.Formats;

namespace Picket.Models.DebertaV2;

/// <summary>Where a network's weights come from: a checkpoint, or chance. Safe for one thread at a time.</summary>
public interface IWeightReader
{
    /// <summary>The tensors on disk, for weights that are stored in a way of their own; <see langword="null"/> where there are none.</summary>
    TensorSource? Checkpoint { get; }

    /// <summary>Whether there is a tensor of this name.</summary>
    bool Contains(string name);

    /// <summary>Reads a tensor as floats.</summary>
    /// <param name="name">Its name in a Hugging Face checkpoint.</param>
    /// <param name="shape">The shape that it must have.</param>
    /// <param name="destination">Receives the elements, row by row.</param>
    /// <exception cref="PicketException">There is none of this name and shape, or it cannot be read.</exception>
    void Read(string name, ReadOnlySpan<int> shape, Span<float> destination);

    /// <summary>The token embeddings, which stay where they are: a text touches few of their rows. The caller disposes of the table.</summary>
    /// <exception cref="PicketException">As <see cref="Read"/>.</exception>
    IEmbeddingTable ReadEmbeddings(string name, int rows, int columns);
}

/// <summary>A table of which single rows are read, by any number of threads.</summary>
public interface IEmbeddingTable : IDisposable
{
    /// <summary>Writes one row as floats.</summary>
    void CopyRow(int row, Span<float> destination);
}
