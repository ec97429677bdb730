using System.Diagnostics;
using System.Text.Json.Serialization;
using Picket.Compute;

namespace Picket.Cli;

/// <summary>What <c>picket bench</c> found.</summary>
internal sealed record BenchReport
{
    /// <summary>The guard or the shape.</summary>
    public required string Name { get; init; }

    /// <summary>Threads, the caller's included.</summary>
    public required int Threads { get; init; }

    /// <summary>Bits of the widest vectors in use.</summary>
    public required int SimdBits { get; init; }

    /// <summary>Measured peak of the machine in 32-bit floats.</summary>
    public required double PeakFp32Gflops { get; init; }

    /// <summary>Measured peak of the machine in the int8 kernel's arithmetic; 0 where it has none of its own.</summary>
    public required double PeakInt8Gops { get; init; }

    /// <summary>Seconds from nothing to ready.</summary>
    public required double LoadSeconds { get; init; }

    /// <summary>Memory of the process after the last row, in 10^6 bytes.</summary>
    public required double ResidentMegabytes { get; init; }

    /// <summary>The rows.</summary>
    public required IReadOnlyList<BenchFigures> Rows { get; init; }

    public static BenchReport Of(IBenchTarget target, ComputeContext context, IEnumerable<BenchRow> rows)
    {
        using var process = Process.GetCurrentProcess();
        double resident = process.WorkingSet64 / 1e6;
        double fp32 = MachinePeak.MeasureFloats(context);
        double int8 = MachinePeak.MeasureInt8(context);
        return new BenchReport
        {
            Name = target.Name,
            Threads = context.Threads,
            SimdBits = 128 << (int)context.Simd,
            PeakFp32Gflops = fp32,
            PeakInt8Gops = int8,
            LoadSeconds = target.LoadSeconds,
            ResidentMegabytes = resident,
            Rows = [.. rows.Select(row => BenchFigures.Of(row, fp32, int8))],
        };
    }
}

/// <summary>The figures of a row.</summary>
/// <param name="Name">The row.</param>
/// <param name="Ms">Median milliseconds.</param>
/// <param name="Cores">Processor time over wall time: below the number of threads, somebody else had the machine.</param>
/// <param name="TokensPerSecond">Tokens a second.</param>
/// <param name="Gflops">10^9 operations a second, where operations are the cost.</param>
/// <param name="ShareOfFp32Peak">Of the machine's 32-bit float peak.</param>
/// <param name="ShareOfInt8Peak">Of the machine's int8 peak.</param>
internal sealed record BenchFigures(
    string Name, double Ms, double Cores, double TokensPerSecond, double? Gflops, double? ShareOfFp32Peak, double? ShareOfInt8Peak)
{
    public static BenchFigures Of(BenchRow row, double fp32, double int8)
    {
        double? rate = row.GigaOperations / row.Milliseconds * 1000;
        return new BenchFigures(
            row.Name, row.Milliseconds, row.Cores, row.Tokens / row.Milliseconds * 1000, rate, rate / fp32, int8 > 0 ? rate / int8 : null);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BenchReport))]
internal sealed partial class BenchJson : JsonSerializerContext;
