using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Picket.Compute;

namespace Picket.Benchmarks;

/// <summary>What a benchmark does a second, from its median; the peak is measured when the report is made.</summary>
internal sealed class RateColumn(string name, string legend, Func<BenchmarkCase, double> operations, Func<double, string> format) : IColumn
{
    private static readonly Lazy<double> Peak = new(static () =>
    {
        using var context = new ComputeContext();
        return MachinePeak.MeasureFloats(context);
    });

    public string Id => name;

    public string ColumnName => name;

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => legend;

    /// <summary>The rate, and its share of the machine's peak.</summary>
    /// <param name="operations">Floating-point operations of a benchmark.</param>
    public static IColumn[] Both(Func<BenchmarkCase, double> operations) =>
    [
        new RateColumn("GFLOP/s", "10^9 floating-point operations a second", operations, static rate => $"{rate:F0}"),
        new RateColumn("of peak", "Share of multiply-adds between registers on all threads", operations, static rate => $"{rate / Peak.Value:P0}"),
    ];

    public static int Number(BenchmarkCase benchmark, string parameter) => (int)benchmark.Parameters[parameter];

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
        summary[benchmarkCase]?.ResultStatistics is { } statistics ? format(operations(benchmarkCase) / statistics.Median) : "-";
}
