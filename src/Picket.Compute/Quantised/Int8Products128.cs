using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Picket.Compute.Quantised;

/// <summary>Products in 128-bit vectors.</summary>
internal interface IInt8Products128
{
    /// <summary>Whether this machine has the instructions.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>sums + the products of sixteen k: four times four of <paramref name="a"/>, the same in all columns.</summary>
    static abstract Vector128<int> Add(
        Vector128<int> sums, Pointer<int> a, Vector128<sbyte> w0, Vector128<sbyte> w1, Vector128<sbyte> w2, Vector128<sbyte> w3);
}

/// <summary>One widening for four multiplications, see <see cref="Int8Kernel512.Add"/>.</summary>
internal readonly struct Ssse3Products : IInt8Products128
{
    /// <inheritdoc/>
    public static bool IsSupported => Ssse3.IsSupported;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Add(
        Vector128<int> sums, Pointer<int> a, Vector128<sbyte> w0, Vector128<sbyte> w1, Vector128<sbyte> w2, Vector128<sbyte> w3)
    {
        Vector128<short> eight = Ssse3.MultiplyAddAdjacent(Vector128.Create(a[0]).AsByte(), w0);
        eight += Ssse3.MultiplyAddAdjacent(Vector128.Create(a[1]).AsByte(), w1);
        eight += Ssse3.MultiplyAddAdjacent(Vector128.Create(a[2]).AsByte(), w2);
        eight += Ssse3.MultiplyAddAdjacent(Vector128.Create(a[3]).AsByte(), w3);
        return sums + Sse2.MultiplyAddAdjacent(eight, Vector128<short>.One);
    }
}

/// <summary>Arm's multiplication and sum of four in one instruction; seven bits without sign are eight with one.</summary>
internal readonly struct ArmProducts : IInt8Products128
{
    /// <inheritdoc/>
    public static bool IsSupported => Dp.IsSupported;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Add(
        Vector128<int> sums, Pointer<int> a, Vector128<sbyte> w0, Vector128<sbyte> w1, Vector128<sbyte> w2, Vector128<sbyte> w3)
    {
        Vector128<sbyte> sixteen = a.Load128(0).AsSByte();
        sums = Dp.DotProductBySelectedQuadruplet(sums, w0, sixteen, 0);
        sums = Dp.DotProductBySelectedQuadruplet(sums, w1, sixteen, 1);
        sums = Dp.DotProductBySelectedQuadruplet(sums, w2, sixteen, 2);
        return Dp.DotProductBySelectedQuadruplet(sums, w3, sixteen, 3);
    }
}

/// <summary>Without any instruction of its own: each of the four bytes of a column is multiplied as a 32-bit number.</summary>
internal readonly struct PortableProducts : IInt8Products128
{
    /// <inheritdoc/>
    public static bool IsSupported => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Add(
        Vector128<int> sums, Pointer<int> a, Vector128<sbyte> w0, Vector128<sbyte> w1, Vector128<sbyte> w2, Vector128<sbyte> w3) =>
        sums + Four(a[0], w0.AsInt32()) + Four(a[1], w1.AsInt32()) + Four(a[2], w2.AsInt32()) + Four(a[3], w3.AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Four(int a, Vector128<int> w)
    {
        // Whatever the order of bytes, it is the same on both sides; the values have no sign bit.
        return ((a & 255) * ((w << 24) >> 24)) + (((a >> 8) & 255) * ((w << 16) >> 24)) + (((a >> 16) & 255) * ((w << 8) >> 24)) + ((a >> 24) * (w >> 24));
    }
}
