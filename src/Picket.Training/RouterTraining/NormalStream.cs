using System.Runtime.Intrinsics;
using Picket.Training.Optimisation;

namespace Picket.Training.RouterTraining;

/// <summary>Eight streams of xoshiro128+ (Blackman and Vigna 2018) side by side, made normal in pairs (Box and Muller 1958).</summary>
internal struct NormalStream
{
    private Vector256<uint> _a;
    private Vector256<uint> _b;
    private Vector256<uint> _c;
    private Vector256<uint> _d;

    public NormalStream(ulong seed)
    {
        var random = new SplitMix(seed);
        _a = Next(ref random);
        _b = Next(ref random);
        _c = Next(ref random);
        _d = Next(ref random);
    }

    /// <summary>Sixteen normal numbers.</summary>
    public (Vector256<float> First, Vector256<float> Second) Next()
    {
        const float Unit = 1f / (1 << 24);

        // One above, so that no logarithm is that of 0.
        Vector256<float> first = (Vector256.ConvertToSingle(Bits() >>> 8) + Vector256<float>.One) * Unit;
        Vector256<float> angle = Vector256.ConvertToSingle(Bits() >>> 8) * (Unit * 2 * MathF.PI);
        Vector256<float> radius = Vector256.Sqrt(Vector256.Log(first) * -2f);
        (Vector256<float> sine, Vector256<float> cosine) = Vector256.SinCos(angle);
        return (radius * cosine, radius * sine);
    }

    private static Vector256<uint> Next(ref SplitMix random) =>
        Vector256.Create(random.Next(), random.Next(), random.Next(), random.Next()).AsUInt32();

    private Vector256<uint> Bits()
    {
        Vector256<uint> result = _a + _d;
        Vector256<uint> shifted = _b << 9;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = (_d << 11) | (_d >>> 21);
        return result;
    }
}
