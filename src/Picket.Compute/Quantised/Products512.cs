using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Picket.Compute.Quantised;

/// <summary>Products in 512-bit vectors.</summary>
internal interface IProducts512
{
    /// <summary>Whether this machine has the instructions.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>Whether the left side has zeros to be taken off and the result a bias.</summary>
    static abstract bool IsAffine { get; }

    /// <summary>sums + the products of one step.</summary>
    static abstract Vector512<int> Add(
        Vector512<int> sums,
        Vector512<int> a0,
        Vector512<int> a1,
        Vector512<int> a2,
        Vector512<int> a3,
        Vector512<int> w0,
        Vector512<int> w1,
        Vector512<int> w2,
        Vector512<int> w3);
}

/// <summary>One widening for four multiplications.</summary>
internal readonly struct Int8Products512 : IProducts512
{
    /// <inheritdoc/>
    public static bool IsSupported => Avx512BW.IsSupported;

    /// <inheritdoc/>
    public static bool IsAffine => true;

    /// <inheritdoc/>
    /// <remarks>
    /// The bound on the weights lets a 16-bit lane hold eight products, so that five instructions multiply 256 numbers instead of eight:
    /// 680 GOP/s on two cores of Zen 4, against 455 for one widening each and 570 for one in two.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Add(
        Vector512<int> sums,
        Vector512<int> a0,
        Vector512<int> a1,
        Vector512<int> a2,
        Vector512<int> a3,
        Vector512<int> w0,
        Vector512<int> w1,
        Vector512<int> w2,
        Vector512<int> w3)
    {
        Vector512<short> low = Multiply(a0, w0) + Multiply(a1, w1);
        Vector512<short> high = Multiply(a2, w2) + Multiply(a3, w3);
        return sums + Avx512BW.MultiplyAddAdjacent(low + high, Vector512<short>.One);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<short> Multiply(Vector512<int> a, Vector512<int> w) => Avx512BW.MultiplyAddAdjacent(a.AsByte(), w.AsSByte());
}

/// <summary>Pairs of 16-bit numbers.</summary>
internal readonly struct Int16Products512 : IProducts512
{
    /// <inheritdoc/>
    public static bool IsSupported => Avx512BW.IsSupported;

    /// <inheritdoc/>
    public static bool IsAffine => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Add(
        Vector512<int> sums,
        Vector512<int> a0,
        Vector512<int> a1,
        Vector512<int> a2,
        Vector512<int> a3,
        Vector512<int> w0,
        Vector512<int> w1,
        Vector512<int> w2,
        Vector512<int> w3) => sums + Multiply(a0, w0) + Multiply(a1, w1) + (Multiply(a2, w2) + Multiply(a3, w3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Multiply(Vector512<int> a, Vector512<int> w) => Avx512BW.MultiplyAddAdjacent(a.AsInt16(), w.AsInt16());
}
