using Picket.Compute;
using Picket.Models.Formats;

namespace Picket.Models.DebertaV2;

/// <summary>Embeddings that stay in their file: of 525 MB, the rows that texts have touched are in memory.</summary>
/// <param name="tensor">The table.</param>
/// <param name="scales">One a row of an int8 table.</param>
internal sealed class MappedEmbeddings(MappedTensor tensor, float[] scales) : IEmbeddingTable
{
    public void CopyRow(int row, Span<float> destination)
    {
        switch (tensor.Info.Type)
        {
            case TensorType.F32:
                tensor.Rows<float>(row, 1).CopyTo(destination);
                break;
            case TensorType.I8:
                Int8Quantiser.DequantiseRow(tensor.Rows<sbyte>(row, 1), scales[row], destination);
                break;
            default:
                FloatConversion.Widen(tensor.Info.Type, tensor.Rows<ushort>(row, 1), destination);
                break;
        }
    }

    public void Dispose() => tensor.Dispose();
}
