using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Picket.Compute.Quantised;

/// <summary>Four rows by 16 columns in 256-bit vectors.</summary>
internal static class Int8Kernel256
{
    /// <summary>sums + the products of sixteen k, see <see cref="Int8Kernel512.Add"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(
        Vector256<int> sums,
        Vector256<byte> a0,
        Vector256<byte> a1,
        Vector256<byte> a2,
        Vector256<byte> a3,
        Vector256<sbyte> w0,
        Vector256<sbyte> w1,
        Vector256<sbyte> w2,
        Vector256<sbyte> w3)
    {
        Vector256<short> low = Avx2.MultiplyAddAdjacent(a0, w0) + Avx2.MultiplyAddAdjacent(a1, w1);
        Vector256<short> high = Avx2.MultiplyAddAdjacent(a2, w2) + Avx2.MultiplyAddAdjacent(a3, w3);
        return sums + Avx2.MultiplyAddAdjacent(low + high, Vector256<short>.One);
    }
}
