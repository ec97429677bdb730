using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Picket.Compute.Quantised;
using Picket.Compute.Simd;

namespace Picket.Compute;

/// <summary>What this machine's units can do at most, measured: what the speed of a product is compared with.</summary>
public static class MachinePeak
{
    private const int Sums = 12;
    private const int Steps = 50_000;

    /// <summary>10^9 floating-point operations a second, with multiply-adds between registers on all of the context's threads.</summary>
    /// <remarks>The best of several short runs, about 50 ms in all: a core that others use too shows less than it could.</remarks>
    public static double MeasureFloats(ComputeContext context)
    {
        long best = long.MaxValue;
        var work = new Work(context.Simd);
        for (int run = 0; run < 20; run++)
        {
            long start = Stopwatch.GetTimestamp();
            context.Run(context.Threads * Work.PiecesAThread, work);
            best = Math.Min(best, Stopwatch.GetTimestamp() - start);
        }

        int lanes = 16 >> (SimdLevel.Vector512 - context.Simd);
        double operations = 2.0 * Sums * Steps * lanes * context.Threads * Work.PiecesAThread;
        return operations * Stopwatch.Frequency / best / 1e9;
    }

    /// <summary>10^9 integer operations a second, in the arithmetic of <see cref="Int8Linear"/>, on all of the context's threads; 0 where no route of its own is measured.</summary>
    public static double MeasureInt8(ComputeContext context) => Int8Peak.Measure(context) / 1e9;

    private readonly struct Work(SimdLevel simd) : IWork
    {
        public const int PiecesAThread = 8;

        public void Execute(int piece, int worker) => _ = simd switch
        {
            SimdLevel.Vector512 => Loop<Lanes512, Vector512<float>>()[0],
            SimdLevel.Vector256 => Loop<Lanes256, Vector256<float>>()[0],
            _ => Loop<Lanes128, Vector128<float>>()[0],
        };
    }

    // Twelve sums: enough for two units with a latency of five cycles, and with two factors within 16 registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TVector Loop<TLanes, TVector>()
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector factor = TLanes.Broadcast(0.999f);
        TVector addend = TLanes.Broadcast(0.001f);
        TVector a = addend, b = addend, c = addend, d = addend, e = addend, f = addend;
        TVector g = addend, h = addend, i = addend, j = addend, k = addend, l = addend;
        for (int step = 0; step < Steps; step++)
        {
            a = TLanes.MultiplyAdd(a, factor, addend);
            b = TLanes.MultiplyAdd(b, factor, addend);
            c = TLanes.MultiplyAdd(c, factor, addend);
            d = TLanes.MultiplyAdd(d, factor, addend);
            e = TLanes.MultiplyAdd(e, factor, addend);
            f = TLanes.MultiplyAdd(f, factor, addend);
            g = TLanes.MultiplyAdd(g, factor, addend);
            h = TLanes.MultiplyAdd(h, factor, addend);
            i = TLanes.MultiplyAdd(i, factor, addend);
            j = TLanes.MultiplyAdd(j, factor, addend);
            k = TLanes.MultiplyAdd(k, factor, addend);
            l = TLanes.MultiplyAdd(l, factor, addend);
        }

        return TLanes.Add(
            TLanes.Add(TLanes.Add(TLanes.Add(a, b), TLanes.Add(c, d)), TLanes.Add(TLanes.Add(e, f), TLanes.Add(g, h))),
            TLanes.Add(TLanes.Add(i, j), TLanes.Add(k, l)));
    }
}
