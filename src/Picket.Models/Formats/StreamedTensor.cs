namespace Picket.Models.Formats;

/// <summary>A tensor to be written whose data are made while they are written.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Dimensions, outermost first.</param>
/// <param name="Blocks">
/// The row-major little-endian data in pieces of any length. A piece is used before the next one is asked for, so an iterator may give the
/// same memory again.
/// </param>
public sealed record StreamedTensor(string Name, TensorType Type, IReadOnlyList<int> Shape, IEnumerable<ReadOnlyMemory<byte>> Blocks)
{
    /// <summary>Length of the data: shape product x element size.</summary>
    public long Bytes => Shape.Aggregate((long)Tensor.ElementSize(Type), static (product, dimension) => checked(product * dimension));
}
