using System.Buffers;
using System.Runtime.InteropServices;
using Picket.Models.Formats;

namespace Picket.Models.Quantisation;

/// <summary>A stored tensor as floats, some rows at a time: a table of embeddings is half a gigabyte.</summary>
internal static class FloatRows
{
    // 4 MB of floats: enough rows for all threads, and little beside what is mapped.
    private const int BlockElements = 1 << 20;

    /// <summary>The rows of the outermost dimension, in order; each block is valid until the next one is asked for.</summary>
    public static IEnumerable<Memory<float>> Blocks(TensorSource source, NetworkTensor tensor, CancellationToken cancellationToken)
    {
        using MappedTensor mapped = source.Map(tensor.Name);
        int width = Width(tensor);
        int rows = Math.Max(1, BlockElements / width);
        float[] values = ArrayPool<float>.Shared.Rent(Math.Min(rows, tensor.Shape[0]) * width);
        try
        {
            for (int row = 0; row < tensor.Shape[0]; row += rows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int count = Math.Min(rows, tensor.Shape[0] - row);
                Memory<float> block = values.AsMemory(0, count * width);
                Read(mapped, row, count, block.Span);
                yield return block;
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(values);
        }
    }

    /// <summary>Elements of a row.</summary>
    public static int Width(NetworkTensor tensor) => tensor.Shape.Skip(1).Aggregate(1, static (product, dimension) => checked(product * dimension));

    private static void Read(MappedTensor mapped, int row, int count, Span<float> target)
    {
        if (mapped.Info.Type == TensorType.F32)
        {
            // As bytes: nothing says that a tensor begins on a multiple of four.
            mapped.Rows<byte>(row, count).CopyTo(MemoryMarshal.AsBytes(target));
        }
        else
        {
            FloatConversion.Widen(mapped.Info.Type, mapped.Rows<ushort>(row, count), target);
        }
    }
}
