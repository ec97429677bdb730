using System.Numerics;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Picket.Compute;

namespace Picket.Benchmarks;

/// <summary>
/// Bags of 256 random rows, a prompt of about 30 words, from a table as large as the default guard's; against a plain sum of as many bytes
/// in a row from the same table, which is the machine's peak. A row is a quarter of the cache line that it brings along.
/// </summary>
[Config(typeof(BytesASecond))]
public class EmbeddingBagBenchmarks
{
    internal const int Rows = 1 << 16;
    private const int Bag = 256;
    internal const int Width = 16;
    private readonly sbyte[] _table = new sbyte[Width << 20];
    private readonly int[] _rows = new int[Rows];
    private readonly int[] _sums = new int[Width];
    private int _turn;

    public EmbeddingBagBenchmarks()
    {
        var random = new Random(1);
        random.NextBytes(MemoryMarshal.AsBytes(_table.AsSpan()));
        foreach (ref int row in _rows.AsSpan())
        {
            row = random.Next(1 << 20);
        }
    }

    [Benchmark(Baseline = true)]
    public Vector<int> StreamingPeak()
    {
        // Another part of the table each time, so that it is no warmer than the rows; four sums, so that no addition waits for the one before.
        int start = _turn++ % (_table.Length / (Rows * Width)) * Rows * Width;
        ReadOnlySpan<Vector<int>> bytes = MemoryMarshal.Cast<sbyte, Vector<int>>(_table.AsSpan(start, Rows * Width));
        (Vector<int> a, Vector<int> b, Vector<int> c, Vector<int> d) = (default, default, default, default);
        for (int i = 0; i <= bytes.Length - 4; i += 4)
        {
            a += bytes[i];
            b += bytes[i + 1];
            c += bytes[i + 2];
            d += bytes[i + 3];
        }

        return a + b + c + d;
    }

    [Benchmark]
    public int Sum512()
    {
        for (int start = 0; start < Rows; start += Bag)
        {
            EmbeddingBag.Sum512(_table, _rows.AsSpan(start, Bag), _sums);
        }

        return _sums[0];
    }

    [Benchmark]
    public int Sum256()
    {
        for (int start = 0; start < Rows; start += Bag)
        {
            EmbeddingBag.Sum256(_table, _rows.AsSpan(start, Bag), _sums);
        }

        return _sums[0];
    }

    [Benchmark]
    public int Sum128()
    {
        for (int start = 0; start < Rows; start += Bag)
        {
            EmbeddingBag.Sum128(_table, _rows.AsSpan(start, Bag), _sums);
        }

        return _sums[0];
    }

    private sealed class BytesASecond : ManualConfig
    {
        public BytesASecond() => AddColumn(
            new BytesColumn("GB/s", static (own, _) => own),
            new BytesColumn("of peak", static (own, peak) => own / peak));
    }

    /// <summary>A figure of the mean time of a benchmark and of the streaming sum.</summary>
    private sealed class BytesColumn(string name, Func<double, double, double> figure) : IColumn
    {
        public string Id => name;

        public string ColumnName => name;

        public bool AlwaysShow => true;

        public ColumnCategory Category => ColumnCategory.Custom;

        public int PriorityInCategory => 0;

        public bool IsNumeric => true;

        public UnitType UnitType => UnitType.Dimensionless;

        public string Legend => name == "GB/s" ? "Bytes of rows read a second" : "Share of the streaming sum's bytes a second";

        public bool IsAvailable(Summary summary) => true;

        public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
        {
            double? own = Rate(summary, benchmarkCase);
            double? peak = Rate(summary, summary.BenchmarksCases.First(static other => other.Descriptor.Baseline));
            return own is { } rate && peak is { } most ? $"{figure(rate, most):F2}" : "-";
        }

        private static double? Rate(Summary summary, BenchmarkCase benchmark) =>
            summary[benchmark]?.ResultStatistics is { } statistics ? (double)Rows * Width / statistics.Mean : null;
    }
}
