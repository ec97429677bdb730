using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Picket.Compute.Quantised;

/// <summary>Products in 128-bit vectors.</summary>
internal interface IProducts128
{
    /// <summary>Whether this machine has the instructions.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>Whether the left side has zeros to be taken off and the result a bias.</summary>
    static abstract bool IsAffine { get; }

    /// <summary>sums + the products of one step: four elements of <paramref name="a"/>, the same in all columns, each with its weights.</summary>
    static abstract Vector128<int> Add(
        Vector128<int> sums, Pointer<int> a, Vector128<int> w0, Vector128<int> w1, Vector128<int> w2, Vector128<int> w3);
}

/// <summary>One widening for four multiplications, see <see cref="Int8Products512.Add"/>.</summary>
internal readonly struct Int8Ssse3Products : IProducts128
{
    /// <inheritdoc/>
    public static bool IsSupported => Ssse3.IsSupported;

    /// <inheritdoc/>
    public static bool IsAffine => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Add(
        Vector128<int> sums, Pointer<int> a, Vector128<int> w0, Vector128<int> w1, Vector128<int> w2, Vector128<int> w3)
    {
        Vector128<short> eight = Ssse3.MultiplyAddAdjacent(Vector128.Create(a[0]).AsByte(), w0.AsSByte());
        eight += Ssse3.MultiplyAddAdjacent(Vector128.Create(a[1]).AsByte(), w1.AsSByte());
        eight += Ssse3.MultiplyAddAdjacent(Vector128.Create(a[2]).AsByte(), w2.AsSByte());
        eight += Ssse3.MultiplyAddAdjacent(Vector128.Create(a[3]).AsByte(), w3.AsSByte());
        return sums + Sse2.MultiplyAddAdjacent(eight, Vector128<short>.One);
    }
}

/// <summary>Arm's multiplication and sum of four in one instruction; seven bits without sign are eight with one.</summary>
internal readonly struct Int8ArmProducts : IProducts128
{
    /// <inheritdoc/>
    public static bool IsSupported => Dp.IsSupported;

    /// <inheritdoc/>
    public static bool IsAffine => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Add(
        Vector128<int> sums, Pointer<int> a, Vector128<int> w0, Vector128<int> w1, Vector128<int> w2, Vector128<int> w3)
    {
        Vector128<sbyte> sixteen = a.Load128(0).AsSByte();
        sums = Dp.DotProductBySelectedQuadruplet(sums, w0.AsSByte(), sixteen, 0);
        sums = Dp.DotProductBySelectedQuadruplet(sums, w1.AsSByte(), sixteen, 1);
        sums = Dp.DotProductBySelectedQuadruplet(sums, w2.AsSByte(), sixteen, 2);
        return Dp.DotProductBySelectedQuadruplet(sums, w3.AsSByte(), sixteen, 3);
    }
}

/// <summary>Without any instruction of its own: each of the four bytes of a column is multiplied as a 32-bit number.</summary>
internal readonly struct Int8PortableProducts : IProducts128
{
    /// <inheritdoc/>
    public static bool IsSupported => true;

    /// <inheritdoc/>
    public static bool IsAffine => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Add(
        Vector128<int> sums, Pointer<int> a, Vector128<int> w0, Vector128<int> w1, Vector128<int> w2, Vector128<int> w3) =>
        sums + Four(a[0], w0) + Four(a[1], w1) + Four(a[2], w2) + Four(a[3], w3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Four(int a, Vector128<int> w)
    {
        // Whatever the order of bytes, it is the same on both sides; the values have no sign bit.
        return ((a & 255) * ((w << 24) >> 24)) + (((a >> 8) & 255) * ((w << 16) >> 24))
            + (((a >> 16) & 255) * ((w << 8) >> 24)) + ((a >> 24) * (w >> 24));
    }
}

/// <summary>Pairs of 16-bit numbers.</summary>
internal readonly struct Int16Sse2Products : IProducts128
{
    /// <inheritdoc/>
    public static bool IsSupported => Sse2.IsSupported;

    /// <inheritdoc/>
    public static bool IsAffine => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Add(
        Vector128<int> sums, Pointer<int> a, Vector128<int> w0, Vector128<int> w1, Vector128<int> w2, Vector128<int> w3)
    {
        sums += Sse2.MultiplyAddAdjacent(Vector128.Create(a[0]).AsInt16(), w0.AsInt16());
        sums += Sse2.MultiplyAddAdjacent(Vector128.Create(a[1]).AsInt16(), w1.AsInt16());
        sums += Sse2.MultiplyAddAdjacent(Vector128.Create(a[2]).AsInt16(), w2.AsInt16());
        return sums + Sse2.MultiplyAddAdjacent(Vector128.Create(a[3]).AsInt16(), w3.AsInt16());
    }
}

/// <summary>Pairs of 16-bit numbers without any instruction of their own.</summary>
internal readonly struct Int16PortableProducts : IProducts128
{
    /// <inheritdoc/>
    public static bool IsSupported => true;

    /// <inheritdoc/>
    public static bool IsAffine => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Add(
        Vector128<int> sums, Pointer<int> a, Vector128<int> w0, Vector128<int> w1, Vector128<int> w2, Vector128<int> w3) =>
        sums + Two(a[0], w0) + Two(a[1], w1) + Two(a[2], w2) + Two(a[3], w3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Two(int a, Vector128<int> w) => ((short)a * ((w << 16) >> 16)) + ((a >> 16) * (w >> 16));
}
