using System.Buffers;
using Picket.Compute;
using Picket.Models.Formats;

namespace Picket.Models.DebertaV2;

/// <summary>The ways of keeping weights.</summary>
public static class LinearFactories
{
    /// <summary>32-bit floats.</summary>
    public static LinearFactory Fp32 { get; } =
        static source => new FloatLinear(source.ReadWeights(), source.ReadBias(), source.Context);

    /// <summary>16-bit floats, widened as they are used: half the memory, and the arithmetic of 32 bits.</summary>
    public static LinearFactory Fp16 { get; } = static source =>
    {
        Matrix<float> weights = source.ReadWeights();
        float[] bias = source.ReadBias();
        try
        {
            return new HalfLinear(weights, bias, source.Context);
        }
        catch (ArgumentException fault)
        {
            throw Unusable(source, string.Join(" or ", source.Names), fault);
        }
    };

    /// <summary>int8, quantised while loading.</summary>
    public static LinearFactory Quantised { get; } =
        static source => MakeInt8(source, static (source, weights, scales) => source.Quantise(weights, scales));

    /// <summary>As the checkpoint stores each map: int8 as int8, F16 as F16, the rest as 32-bit floats.</summary>
    public static LinearFactory Stored { get; } = static source => source.StoredType switch
    {
        TensorType.I8 => MakeInt8(source, static (source, weights, scales) => source.ReadInt8(weights, scales)),
        TensorType.F16 => Fp16(source),
        _ => Fp32(source),
    };

    private delegate void Fill(LinearSource source, Span<sbyte> weights, Span<float> scales);

    private static Int8Linear MakeInt8(LinearSource source, Fill fill)
    {
        int length = checked(source.Outputs * source.Inputs);
        sbyte[] memory = ArrayPool<sbyte>.Shared.Rent(length);
        try
        {
            Span<sbyte> weights = memory.AsSpan(0, length);
            float[] scales = new float[source.Outputs];
            fill(source, weights, scales);
            float[] bias = source.ReadBias();
            try
            {
                return new Int8Linear(source.Context, weights, scales, bias);
            }
            catch (ArgumentException fault)
            {
                throw Unbounded(source, weights, scales, fault);
            }
        }
        finally
        {
            ArrayPool<sbyte>.Shared.Return(memory);
        }
    }

    /// <summary>Says which of the stacked projections holds what the kernels' sums do not: each is tried alone.</summary>
    private static PicketException Unbounded(LinearSource source, ReadOnlySpan<sbyte> weights, ReadOnlySpan<float> scales, ArgumentException fault)
    {
        int rows = source.Outputs / source.Names.Count;
        for (int i = 0; i < source.Names.Count; i++)
        {
            try
            {
                new Int8Linear(source.Context, weights.Slice(i * rows * source.Inputs, rows * source.Inputs), scales.Slice(i * rows, rows), []).Dispose();
            }
            catch (ArgumentException one)
            {
                return Unusable(source, source.Names[i], one);
            }
        }

        return Unusable(source, source.Names[0], fault);
    }

    // The parameter's name, which the message ends with, says nothing of the file.
    private static PicketException Unusable(LinearSource source, string name, ArgumentException fault) => new(
        $"{source.Reader.Checkpoint?.Path}: tensor {name}.weight: {fault.Message.Split(" (Parameter")[0].ReplaceLineEndings(" ")}", fault);
}
