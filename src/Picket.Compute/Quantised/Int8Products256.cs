using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Picket.Compute.Quantised;

/// <summary>Products in 256-bit vectors.</summary>
internal interface IInt8Products256
{
    /// <summary>Whether this machine has the instructions.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>sums + the products of sixteen k: four times four of <paramref name="a"/>, the same in all columns.</summary>
    static abstract Vector256<int> Add(
        Vector256<int> sums, Pointer<int> a, Vector256<sbyte> w0, Vector256<sbyte> w1, Vector256<sbyte> w2, Vector256<sbyte> w3);
}

/// <summary>One widening for four multiplications, see <see cref="Int8Kernel512.Add"/>.</summary>
internal readonly struct Avx2Products : IInt8Products256
{
    /// <inheritdoc/>
    public static bool IsSupported => Avx2.IsSupported;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(
        Vector256<int> sums, Pointer<int> a, Vector256<sbyte> w0, Vector256<sbyte> w1, Vector256<sbyte> w2, Vector256<sbyte> w3)
    {
        Vector256<short> eight = Avx2.MultiplyAddAdjacent(Vector256.Create(a[0]).AsByte(), w0);
        eight += Avx2.MultiplyAddAdjacent(Vector256.Create(a[1]).AsByte(), w1);
        eight += Avx2.MultiplyAddAdjacent(Vector256.Create(a[2]).AsByte(), w2);
        eight += Avx2.MultiplyAddAdjacent(Vector256.Create(a[3]).AsByte(), w3);
        return sums + Avx2.MultiplyAddAdjacent(eight, Vector256<short>.One);
    }
}

/// <summary>Multiplication and sum of four in one instruction.</summary>
internal readonly struct AvxVnniProducts : IInt8Products256
{
    /// <inheritdoc/>
    public static bool IsSupported => AvxVnni.IsSupported;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(
        Vector256<int> sums, Pointer<int> a, Vector256<sbyte> w0, Vector256<sbyte> w1, Vector256<sbyte> w2, Vector256<sbyte> w3)
    {
        sums = AvxVnni.MultiplyWideningAndAdd(sums, Vector256.Create(a[0]).AsByte(), w0);
        sums = AvxVnni.MultiplyWideningAndAdd(sums, Vector256.Create(a[1]).AsByte(), w1);
        sums = AvxVnni.MultiplyWideningAndAdd(sums, Vector256.Create(a[2]).AsByte(), w2);
        return AvxVnni.MultiplyWideningAndAdd(sums, Vector256.Create(a[3]).AsByte(), w3);
    }
}
