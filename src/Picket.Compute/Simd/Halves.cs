using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Picket.Compute.Simd;

/// <summary>16-bit floats (IEEE 754 binary16) as bits: .NET 10 has no vector instruction for them.</summary>
internal static class Halves
{
    /// <summary>Bits by which a float's mantissa is longer.</summary>
    public const int Shift = 13;

    /// <summary>After the shift of a sign-extended half: its sign, exponent and mantissa.</summary>
    public const int SignAndMagnitude = unchecked((int)0x8FFF_E000);

    /// <summary>A half without its sign.</summary>
    public const int Magnitude = 0x7FFF;

    /// <summary>The magnitude of an infinite half; that of one which is no number is greater.</summary>
    public const int Infinity = 0x7C00;

    /// <summary>2^112: the distance of the exponents' biases, 127 and 15.</summary>
    public const float Scale = 5.192296858534828e33f;

    private const int Least = 113 << 23;
    private const int TooGreat = 143 << 23;
    private const int FloatInfinity = 255 << 23;

    /// <summary>Floats into halves, rounded to the nearest, ties to even; what is too great becomes infinite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Narrow(ReadOnlySpan<float> source, Span<ushort> target)
    {
        int width = Vector128<float>.Count;
        int i = 0;
        for (; i <= source.Length - (2 * width); i += 2 * width)
        {
            Vector128<uint> low = Narrow(Vector128.Create(source[i..]));
            Vector128<uint> high = Narrow(Vector128.Create(source[(i + width)..]));
            Vector128.Narrow(low, high).CopyTo(target[i..]);
        }

        for (; i < source.Length; i++)
        {
            target[i] = BitConverter.HalfToUInt16Bits((Half)source[i]);
        }
    }

    // Three cases, all computed and one chosen: the method of F. Giesen's float_to_half_fast3_rtne (public domain), in vectors.
    private static Vector128<uint> Narrow(Vector128<float> value)
    {
        Vector128<int> bits = value.AsInt32();
        Vector128<int> sign = bits & Vector128.Create(int.MinValue);
        Vector128<int> magnitude = bits ^ sign;

        // Numbers below 2^-14: an addition moves the mantissa to its place and rounds it.
        Vector128<float> magic = Vector128.Create(0.5f);
        Vector128<int> subnormal = (magnitude.AsSingle() + magic).AsInt32() - magic.AsInt32();

        Vector128<int> odd = (magnitude >>> Shift) & Vector128<int>.One;
        Vector128<int> normal = (magnitude + Vector128.Create(0xFFF - (112 << 23)) + odd) >>> Shift;

        Vector128<int> isNan = Vector128.GreaterThan(magnitude, Vector128.Create(FloatInfinity));
        Vector128<int> special = Vector128.Create(Infinity) | (isNan & Vector128.Create(0x200));

        Vector128<int> half = Vector128.ConditionalSelect(Vector128.LessThan(magnitude, Vector128.Create(Least)), subnormal, normal);
        half = Vector128.ConditionalSelect(Vector128.LessThan(magnitude, Vector128.Create(TooGreat)), half, special);
        return (half | (sign >>> 16)).AsUInt32();
    }
}
