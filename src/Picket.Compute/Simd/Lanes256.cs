using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Picket.Compute.Simd;

/// <summary>8 floats.</summary>
internal readonly struct Lanes256 : ILanes<Vector256<float>>
{
    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(Pointer<float> source, nint offset) => source.Load256(offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> value, Pointer<float> target, nint offset) => target.Store(value, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Broadcast(float value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<float> Low, Vector256<float> High) LoadHalves(Pointer<ushort> source, nint offset)
    {
        (Vector256<int> low, Vector256<int> high) = Vector256.Widen(source.As<short>().Load256(offset));
        return (FromHalf(low), FromHalf(high));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Add(Vector256<float> left, Vector256<float> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Subtract(Vector256<float> left, Vector256<float> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Multiply(Vector256<float> left, Vector256<float> right) => left * right;

    // SSE and the first AVX have no fused form, and imitating its single rounding would cost a hundred-fold.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Divide(Vector256<float> left, Vector256<float> right) => left / right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SquareRoot(Vector256<float> value) => Vector256.Sqrt(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> left, Vector256<float> right, Vector256<float> addend) =>
        Vector256.MultiplyAddEstimate(left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Max(Vector256<float> left, Vector256<float> right) => Vector256.MaxNative(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Min(Vector256<float> left, Vector256<float> right) => Vector256.MinNative(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ZeroWhereLess(Vector256<float> left, Vector256<float> right, Vector256<float> value) =>
        Vector256.AndNot(value, Vector256.LessThan(left, right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> PowerOfTwo(Vector256<float> biased) =>
        ((Vector256.AsInt32(biased) << Floats.MantissaBits) + Vector256.AsInt32(Vector256<float>.One)).AsSingle();

    public static float Sum(Vector256<float> value) => Vector256.Sum(value);

    public static float Largest(Vector256<float> value) => Lanes128.Largest(Vector128.MaxNative(value.GetLower(), value.GetUpper()));

    // Sign and magnitude go where a float has them; 2^112 makes up for the bias of the exponent, also of numbers without one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> FromHalf(Vector256<int> half)
    {
        Vector256<int> bits = half << Halves.Shift;
        return (bits & Vector256.Create(Halves.SignAndMagnitude)).AsSingle() * Vector256.Create(Halves.Scale);
    }
}
