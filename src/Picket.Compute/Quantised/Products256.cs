using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Picket.Compute.Quantised;

/// <summary>Products in 256-bit vectors.</summary>
internal interface IProducts256
{
    /// <summary>Whether this machine has the instructions.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>Whether the left side has zeros to be taken off and the result a bias.</summary>
    static abstract bool IsAffine { get; }

    /// <summary>sums + the products of one step: four elements of <paramref name="a"/>, the same in all columns, each with its weights.</summary>
    static abstract Vector256<int> Add(
        Vector256<int> sums, Pointer<int> a, Vector256<int> w0, Vector256<int> w1, Vector256<int> w2, Vector256<int> w3);
}

/// <summary>One widening for four multiplications, see <see cref="Int8Products512.Add"/>.</summary>
internal readonly struct Int8Avx2Products : IProducts256
{
    /// <inheritdoc/>
    public static bool IsSupported => Avx2.IsSupported;

    /// <inheritdoc/>
    public static bool IsAffine => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(
        Vector256<int> sums, Pointer<int> a, Vector256<int> w0, Vector256<int> w1, Vector256<int> w2, Vector256<int> w3)
    {
        Vector256<short> eight = Avx2.MultiplyAddAdjacent(Vector256.Create(a[0]).AsByte(), w0.AsSByte());
        eight += Avx2.MultiplyAddAdjacent(Vector256.Create(a[1]).AsByte(), w1.AsSByte());
        eight += Avx2.MultiplyAddAdjacent(Vector256.Create(a[2]).AsByte(), w2.AsSByte());
        eight += Avx2.MultiplyAddAdjacent(Vector256.Create(a[3]).AsByte(), w3.AsSByte());
        return sums + Avx2.MultiplyAddAdjacent(eight, Vector256<short>.One);
    }
}

/// <summary>Multiplication and sum of four in one instruction.</summary>
internal readonly struct Int8VnniProducts : IProducts256
{
    /// <inheritdoc/>
    public static bool IsSupported => AvxVnni.IsSupported;

    /// <inheritdoc/>
    public static bool IsAffine => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(
        Vector256<int> sums, Pointer<int> a, Vector256<int> w0, Vector256<int> w1, Vector256<int> w2, Vector256<int> w3)
    {
        sums = AvxVnni.MultiplyWideningAndAdd(sums, Vector256.Create(a[0]).AsByte(), w0.AsSByte());
        sums = AvxVnni.MultiplyWideningAndAdd(sums, Vector256.Create(a[1]).AsByte(), w1.AsSByte());
        sums = AvxVnni.MultiplyWideningAndAdd(sums, Vector256.Create(a[2]).AsByte(), w2.AsSByte());
        return AvxVnni.MultiplyWideningAndAdd(sums, Vector256.Create(a[3]).AsByte(), w3.AsSByte());
    }
}

/// <summary>Pairs of 16-bit numbers.</summary>
internal readonly struct Int16Avx2Products : IProducts256
{
    /// <inheritdoc/>
    public static bool IsSupported => Avx2.IsSupported;

    /// <inheritdoc/>
    public static bool IsAffine => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(
        Vector256<int> sums, Pointer<int> a, Vector256<int> w0, Vector256<int> w1, Vector256<int> w2, Vector256<int> w3)
    {
        sums += Avx2.MultiplyAddAdjacent(Vector256.Create(a[0]).AsInt16(), w0.AsInt16());
        sums += Avx2.MultiplyAddAdjacent(Vector256.Create(a[1]).AsInt16(), w1.AsInt16());
        sums += Avx2.MultiplyAddAdjacent(Vector256.Create(a[2]).AsInt16(), w2.AsInt16());
        return sums + Avx2.MultiplyAddAdjacent(Vector256.Create(a[3]).AsInt16(), w3.AsInt16());
    }
}
