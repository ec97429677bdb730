using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Picket.Compute.Quantised;

/// <summary>The int8 arithmetic of this machine without any memory: what a product is held against.</summary>
/// <remarks>A multiplication and its addition count as two operations, as everywhere.</remarks>
internal static class Int8Peak
{
    private const int Rounds = 20_000;
    private static Vector512<int> s_seen512;
    private static Vector256<int> s_seen256;
    private static Vector512<int> s_seenShort;

    /// <summary>Operations a second of the int8 kernel's arithmetic on all threads, the best of some runs; 0 where it is not measured.</summary>
    public static double Measure(ComputeContext context, int runs = 10) =>
        context.Simd == SimdLevel.Vector512 ? Best(context, runs, new Work512(), Rounds * 8 * 4 * 64L)
        : context.Simd == SimdLevel.Vector256 && Avx2.IsSupported ? Best(context, runs, new Work256(), Rounds * 4 * 4 * 32L)
        : 0;

    /// <summary>The same for products of 16-bit numbers, 512-bit vectors only.</summary>
    public static double MeasureShort(ComputeContext context, int runs = 10) =>
        context.Simd == SimdLevel.Vector512 ? Best(context, runs, new WorkShort(), Rounds * 16 * 32L) : 0;

    private static double Best<TWork>(ComputeContext context, int runs, TWork work, long products)
        where TWork : struct, IWork
    {
        double best = 0;
        for (int run = 0; run < runs; run++)
        {
            long start = Stopwatch.GetTimestamp();
            context.Run(context.Threads, work);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            best = Math.Max(best, 2.0 * products * context.Threads / seconds);
        }

        return best;
    }

    // Four left sides that change every round and eight right sides: 32 different products, so that the compiler can neither merge them nor
    // take them out of the loop.
    private readonly struct Work512 : IWork
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Execute(int piece, int worker)
        {
            Vector512<int> a0 = Vector512.Create(piece), a1 = a0 + Vector512<int>.One, a2 = a1 + a1, a3 = a2 + a1;
            Vector512<int> w0 = Vector512.Create(piece), w1 = w0 + Vector512<int>.One, w2 = w1 + w1, w3 = w2 + w1;
            Vector512<int> w4 = w2 + w2, w5 = w3 + w2, w6 = w3 + w3, w7 = w4 + w3;
            Vector512<int> c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default, c7 = default;
            for (int i = 0; i < Rounds; i++)
            {
                c0 = Int8Products512.Add(c0, a0, a1, a2, a3, w0, w1, w2, w3);
                c1 = Int8Products512.Add(c1, a0, a1, a2, a3, w1, w2, w3, w4);
                c2 = Int8Products512.Add(c2, a0, a1, a2, a3, w2, w3, w4, w5);
                c3 = Int8Products512.Add(c3, a0, a1, a2, a3, w3, w4, w5, w6);
                c4 = Int8Products512.Add(c4, a0, a1, a2, a3, w4, w5, w6, w7);
                c5 = Int8Products512.Add(c5, a0, a1, a2, a3, w5, w6, w7, w0);
                c6 = Int8Products512.Add(c6, a0, a1, a2, a3, w6, w7, w0, w1);
                c7 = Int8Products512.Add(c7, a0, a1, a2, a3, w7, w0, w1, w2);
                a0 += Vector512<int>.One;
                a1 += Vector512<int>.One;
                a2 += Vector512<int>.One;
                a3 += Vector512<int>.One;
            }

            s_seen512 = c0 ^ c1 ^ c2 ^ c3 ^ c4 ^ c5 ^ c6 ^ c7;
        }
    }

    private readonly struct Work256 : IWork
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Execute(int piece, int worker)
        {
            Vector256<byte> a0 = Vector256.Create((byte)piece), a1 = a0 + Vector256<byte>.One, a2 = a1 + a1, a3 = a2 + a1;
            Vector256<sbyte> w0 = Vector256.Create((sbyte)piece), w1 = w0 + Vector256<sbyte>.One, w2 = w1 + w1, w3 = w2 + w1;
            Vector256<int> c0 = default, c1 = default, c2 = default, c3 = default;
            for (int i = 0; i < Rounds; i++)
            {
                c0 = Add(c0, a0, a1, a2, a3, w0, w1, w2, w3);
                c1 = Add(c1, a0, a1, a2, a3, w1, w2, w3, w0);
                c2 = Add(c2, a0, a1, a2, a3, w2, w3, w0, w1);
                c3 = Add(c3, a0, a1, a2, a3, w3, w0, w1, w2);
                a0 += Vector256<byte>.One;
                a1 += Vector256<byte>.One;
                a2 += Vector256<byte>.One;
                a3 += Vector256<byte>.One;
            }

            s_seen256 = c0 ^ c1 ^ c2 ^ c3;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<int> Add(
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

    private readonly struct WorkShort : IWork
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Execute(int piece, int worker)
        {
            Vector512<short> a0 = Vector512.Create((short)piece), a1 = a0 + Vector512<short>.One;
            Vector512<short> w0 = Vector512.Create((short)piece), w1 = w0 + Vector512<short>.One, w2 = w1 + w1, w3 = w2 + w1;
            Vector512<short> w4 = w2 + w2, w5 = w3 + w2, w6 = w3 + w3, w7 = w4 + w3;
            Vector512<int> c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default, c7 = default;
            Vector512<int> d0 = default, d1 = default, d2 = default, d3 = default, d4 = default, d5 = default, d6 = default, d7 = default;
            for (int i = 0; i < Rounds; i++)
            {
                c0 += Avx512BW.MultiplyAddAdjacent(a0, w0);
                c1 += Avx512BW.MultiplyAddAdjacent(a0, w1);
                c2 += Avx512BW.MultiplyAddAdjacent(a0, w2);
                c3 += Avx512BW.MultiplyAddAdjacent(a0, w3);
                c4 += Avx512BW.MultiplyAddAdjacent(a0, w4);
                c5 += Avx512BW.MultiplyAddAdjacent(a0, w5);
                c6 += Avx512BW.MultiplyAddAdjacent(a0, w6);
                c7 += Avx512BW.MultiplyAddAdjacent(a0, w7);
                d0 += Avx512BW.MultiplyAddAdjacent(a1, w0);
                d1 += Avx512BW.MultiplyAddAdjacent(a1, w1);
                d2 += Avx512BW.MultiplyAddAdjacent(a1, w2);
                d3 += Avx512BW.MultiplyAddAdjacent(a1, w3);
                d4 += Avx512BW.MultiplyAddAdjacent(a1, w4);
                d5 += Avx512BW.MultiplyAddAdjacent(a1, w5);
                d6 += Avx512BW.MultiplyAddAdjacent(a1, w6);
                d7 += Avx512BW.MultiplyAddAdjacent(a1, w7);
                a0 += Vector512<short>.One;
                a1 += Vector512<short>.One;
            }

            s_seenShort = c0 ^ c1 ^ c2 ^ c3 ^ c4 ^ c5 ^ c6 ^ c7 ^ d0 ^ d1 ^ d2 ^ d3 ^ d4 ^ d5 ^ d6 ^ d7;
        }
    }
}
