using System.Runtime.InteropServices;

namespace Picket.Models.Formats;

/// <summary>A named tensor's type, shape and row-major little-endian bytes.</summary>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Dimensions, outermost first.</param>
/// <param name="Data">The elements, exactly shape product x element size bytes.</param>
public sealed record Tensor(TensorType Type, IReadOnlyList<int> Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>A float tensor that copies <paramref name="values"/>.</summary>
    public static Tensor From(ReadOnlySpan<float> values, params int[] shape) =>
        new(TensorType.F32, shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>An int8 tensor that copies <paramref name="values"/>.</summary>
    public static Tensor From(ReadOnlySpan<sbyte> values, params int[] shape) =>
        new(TensorType.I8, shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>Bytes an element of <paramref name="type"/> takes.</summary>
    public static int ElementSize(TensorType type) => type switch
    {
        TensorType.I8 => 1,
        TensorType.F16 or TensorType.BF16 => 2,
        _ => 4,
    };
}
