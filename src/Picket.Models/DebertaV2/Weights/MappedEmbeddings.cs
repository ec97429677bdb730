using Picket.Models.Formats;

namespace Picket.Models.DebertaV2;

/// <summary>Embeddings that stay in their file: of 525 MB, the rows that texts have touched are in memory.</summary>
internal sealed class MappedEmbeddings(MappedTensor tensor) : IEmbeddingTable
{
    public void CopyRow(int row, Span<float> destination)
    {
        if (tensor.Info.Type == TensorType.F32)
        {
            tensor.Rows<float>(row, 1).CopyTo(destination);
        }
        else
        {
            FloatConversion.Widen(tensor.Info.Type, tensor.Rows<ushort>(row, 1), destination);
        }
    }

    public void Dispose() => tensor.Dispose();
}
