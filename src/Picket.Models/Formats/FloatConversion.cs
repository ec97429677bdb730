using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Picket.Models.Formats;

/// <summary>16-bit floats to 32-bit ones: exact for every number, subnormal ones and infinities included; NaN stays NaN.</summary>
internal static class FloatConversion
{
    /// <summary>Converts the elements of an F16 or BF16 tensor.</summary>
    /// <param name="type">F16 or BF16.</param>
    /// <param name="source">Their bits.</param>
    /// <param name="destination">As many floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(TensorType type, ReadOnlySpan<ushort> source, Span<float> destination)
    {
        Span<uint> bits = MemoryMarshal.Cast<float, uint>(destination);
        int width = Vector<ushort>.Count;
        int i = 0;
        for (; i <= source.Length - width; i += width)
        {
            Vector.Widen(new Vector<ushort>(source[i..]), out Vector<uint> low, out Vector<uint> high);
            (type == TensorType.BF16 ? low << 16 : FromHalf(low)).CopyTo(bits[i..]);
            (type == TensorType.BF16 ? high << 16 : FromHalf(high)).CopyTo(bits[(i + (width / 2))..]);
        }

        for (; i < source.Length; i++)
        {
            destination[i] = type == TensorType.BF16
                ? BitConverter.UInt32BitsToSingle((uint)source[i] << 16)
                : (float)BitConverter.UInt16BitsToHalf(source[i]);
        }
    }

    /// <summary>
    /// Exponent and mantissa move to their places in a float, which is then 2^112 times too small, for numbers below 2^-14 too: those are
    /// subnormal on both sides, and the product makes them normal without rounding. The exponent of infinity and NaN is set outright.
    /// </summary>
    private static Vector<uint> FromHalf(Vector<uint> half)
    {
        Vector<uint> magnitude = half & new Vector<uint>(0x7FFF);
        Vector<float> scaled = Vector.AsVectorSingle(magnitude << 13) * new Vector<float>(5.192296858534828e33f);
        Vector<uint> special = Vector.GreaterThan(magnitude, new Vector<uint>(0x7BFF)) & new Vector<uint>(0x7F80_0000);
        return Vector.AsVectorUInt32(scaled) | special | ((half & new Vector<uint>(0x8000)) << 16);
    }
}
