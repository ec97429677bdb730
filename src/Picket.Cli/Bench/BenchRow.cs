using System.Diagnostics;

namespace Picket.Cli;

/// <summary>One row: what a pass is, and what it took.</summary>
/// <param name="Name">The lengths in short: <c>64</c>, <c>8x64</c>, <c>mixed</c>.</param>
/// <param name="Batches">The calls that one pass is made of, each with its texts' lengths in tokens.</param>
internal sealed record BenchRow(string Name, IReadOnlyList<IReadOnlyList<int>> Batches)
{
    /// <summary>The ragged batch that the peers are measured with, too.</summary>
    public static readonly int[] MixedLengths = [16, 32, 64, 96, 112, 120, 128, 256];

    // So long a pass is timed at least, however short one call is: the clock's resolution and a thread's waking are out of the figure.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(20);

    /// <summary>Tokens of a pass.</summary>
    public int Tokens => Batches.Sum(static batch => batch.Sum());

    /// <summary>Median milliseconds of a pass.</summary>
    public double Milliseconds { get; private init; }

    /// <summary>Processor time over wall time: below the number of threads, somebody else had the machine and the row is worth nothing.</summary>
    public double Cores { get; private init; }

    /// <summary>10^9 floating-point operations that a pass needs, where that is the cost.</summary>
    public double? GigaOperations { get; private init; }

    /// <summary>The rows of a run: each length alone, eight texts of 64 tokens, the ragged batch, and the same one by one.</summary>
    public static IEnumerable<BenchRow> Of(IReadOnlyList<int> tokens, IReadOnlyList<int> batch) =>
    [
        .. tokens.Select(static length => new BenchRow($"{length}", [[length]])),
        new BenchRow("8x64", [Enumerable.Repeat(64, 8).ToArray()]),
        new BenchRow("mixed", [batch]),
        new BenchRow("mixed-singly", [.. batch.Select(static length => (int[])[length])]),
    ];

    /// <summary>Two passes to warm up, then <paramref name="runs"/> timed ones.</summary>
    public async Task<BenchRow> TimeAsync(IBenchTarget target, int runs, CancellationToken cancellationToken)
    {
        await PassAsync(target, cancellationToken);
        long start = Stopwatch.GetTimestamp();
        await PassAsync(target, cancellationToken);
        int repeats = (int)Math.Clamp(Shortest / Stopwatch.GetElapsedTime(start), 1, 100_000);
        double[] times = new double[runs];
        long began = Stopwatch.GetTimestamp();
        TimeSpan used = Environment.CpuUsage.TotalTime;
        for (int run = 0; run < runs; run++)
        {
            start = Stopwatch.GetTimestamp();
            for (int repeat = 0; repeat < repeats; repeat++)
            {
                await PassAsync(target, cancellationToken);
            }

            times[run] = Stopwatch.GetElapsedTime(start).TotalMilliseconds / repeats;
        }

        double cores = (Environment.CpuUsage.TotalTime - used) / Stopwatch.GetElapsedTime(began);
        Array.Sort(times);
        return this with
        {
            Milliseconds = (times[(runs - 1) / 2] + times[runs / 2]) / 2,
            Cores = cores,
            GigaOperations = target.GigaOperations(1) is null ? null : Batches.Sum(batch => batch.Sum(target.GigaOperations)),
        };
    }

    private async ValueTask PassAsync(IBenchTarget target, CancellationToken cancellationToken)
    {
        foreach (IReadOnlyList<int> batch in Batches)
        {
            await target.PassAsync(batch, cancellationToken);
        }
    }
}
