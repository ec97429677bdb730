using System.Buffers;
using System.Runtime.InteropServices;
using Picket.Compute;
using Picket.Models.DebertaV2;
using Picket.Models.Formats;

namespace Picket.Models.Quantisation;

/// <summary>Tensors of a checkpoint as they are to be written, made block by block while they are.</summary>
/// <param name="source">The original.</param>
/// <param name="context">Threads to quantise with.</param>
/// <param name="cancellationToken">Seen between blocks.</param>
internal sealed class TensorConversion(TensorSource source, ComputeContext context, CancellationToken cancellationToken)
{
    // Reused: tensors are written one after another, and a block is written before the next one is made.
    private ushort[] _halves = [];
    private sbyte[] _numbers = [];

    /// <summary>As 32-bit floats.</summary>
    public StreamedTensor ToFloats(NetworkTensor tensor) =>
        new(tensor.Name, TensorType.F32, tensor.Shape, Rows(tensor).Select(static rows => (ReadOnlyMemory<byte>)Bytes(rows)));

    /// <summary>As 16-bit floats, rounded to the nearest, ties to even.</summary>
    public StreamedTensor ToHalves(NetworkTensor tensor) =>
        new(tensor.Name, TensorType.F16, tensor.Shape, Rows(tensor).Select(rows =>
        {
            Grow(ref _halves, rows.Length);
            HalfQuantiser.Narrow(rows.Span, _halves.AsSpan(0, rows.Length));
            return (ReadOnlyMemory<byte>)Bytes(_halves.AsMemory(0, rows.Length));
        }));

    /// <summary>What a projection of the original makes of the relative embeddings, in 16-bit floats: an int8 guard loads it ready-made.</summary>
    /// <param name="projection">The projection's name.</param>
    /// <param name="config">The shape.</param>
    public StreamedTensor ToPositions(string projection, DebertaV2Config config)
    {
        return new StreamedTensor(
            RelativeEmbeddings.ResultOf(projection), TensorType.F16, [config.RelativeRows, config.HiddenSize], Once());

        IEnumerable<ReadOnlyMemory<byte>> Once()
        {
            var reader = new CheckpointReader(source);
            using var relative = new RelativeEmbeddings(reader, config, context);
            using var memory = new WeightBuffer();
            var weights = new LinearSource(reader, context, memory, config.HiddenSize, config.HiddenSize, projection);
            using var map = new FloatLinear(weights.ReadWeights(), weights.ReadBias(), context);
            Matrix<float> positions = relative.Project(map, config.HiddenSize);
            ushort[] halves = new ushort[config.HiddenSize];
            for (int row = 0; row < positions.Rows; row++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                HalfQuantiser.Narrow(positions[row], halves);
                yield return Bytes(halves.AsMemory());
            }
        }
    }

    /// <summary>As 8-bit integers, then their scales: those are known when the integers are written.</summary>
    public IEnumerable<StreamedTensor> ToInt8(NetworkTensor tensor)
    {
        float[] scales = new float[tensor.Shape[0]];
        yield return new StreamedTensor(tensor.Name, TensorType.I8, tensor.Shape, Quantise(tensor, scales));
        yield return new StreamedTensor(CheckpointReader.ScalesOf(tensor.Name), TensorType.F32, [scales.Length], [Bytes(scales.AsMemory())]);
    }

    private IEnumerable<ReadOnlyMemory<byte>> Quantise(NetworkTensor tensor, float[] scales)
    {
        int width = FloatRows.Width(tensor);
        int first = 0;
        foreach (Memory<float> rows in Rows(tensor))
        {
            Grow(ref _numbers, rows.Length);
            Span<float> blockScales = scales.AsSpan(first, rows.Length / width);
            if (tensor.Unit == NetworkTensor.Embeddings)
            {
                QuantiseEach(rows.Span, _numbers, blockScales);
            }
            else
            {
                Int8Quantiser.QuantiseWeights(context, rows.Span, _numbers.AsSpan(0, rows.Length), blockScales);
            }

            if (blockScales.IndexOf(float.NaN) is >= 0 and var bad)
            {
                throw QuantisationPlan.NotFinite(source, tensor, first + bad);
            }

            first += blockScales.Length;
            yield return Bytes(_numbers.AsMemory(0, rows.Length));
        }
    }

    private static void QuantiseEach(ReadOnlySpan<float> rows, Span<sbyte> numbers, Span<float> scales)
    {
        int width = rows.Length / scales.Length;
        for (int row = 0; row < scales.Length; row++)
        {
            scales[row] = Int8Quantiser.QuantiseRow(rows.Slice(row * width, width), numbers.Slice(row * width, width));
        }
    }

    private static void Grow<T>(ref T[] array, int length)
    {
        if (array.Length < length)
        {
            array = new T[length];
        }
    }

    private static Memory<byte> Bytes<T>(Memory<T> values)
        where T : unmanaged => new BytesOf<T>(values).Memory;

    private IEnumerable<Memory<float>> Rows(NetworkTensor tensor) => FloatRows.Blocks(source, tensor, cancellationToken);

    /// <summary>Memory of numbers seen as memory of bytes, for which there is no cast as there is for spans.</summary>
    private sealed class BytesOf<T>(Memory<T> values) : MemoryManager<byte>
        where T : unmanaged
    {
        public override Span<byte> GetSpan() => MemoryMarshal.AsBytes(values.Span);

        public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
