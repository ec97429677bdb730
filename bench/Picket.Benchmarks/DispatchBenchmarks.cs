using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using Picket.Compute;

namespace Picket.Benchmarks;

/// <summary>What it costs to share out work: pieces of nothing, one region right after another, and pieces of 20 µs after a pause.</summary>
public class DispatchBenchmarks : IDisposable
{
    private readonly ComputeContext _context = new();

    [Params(2, 32)]
    public int Pieces { get; set; }

    [Benchmark]
    public void Nothing() => _context.Run(Pieces, default(Spin));

    /// <summary>The workers still spin after 20 µs, and are parked after 1,000.</summary>
    [Benchmark]
    [Arguments(20)]
    [Arguments(1000)]
    public void PauseThenSpin(int pause)
    {
        default(Spin).For(pause);
        _context.Run(Pieces, new Spin(20));
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _context.Dispose();
        GC.SuppressFinalize(this);
    }

    private readonly struct Spin(double microseconds) : IWork
    {
        public void Execute(int piece, int worker) => For(microseconds);

        public void For(double time)
        {
            long start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start).TotalMicroseconds < time)
            {
                Thread.SpinWait(1);
            }
        }
    }
}
