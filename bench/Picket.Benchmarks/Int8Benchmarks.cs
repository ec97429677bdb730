using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Picket.Compute;
using Picket.Compute.Quantised;

namespace Picket.Benchmarks;

/// <summary>The linear maps of a large encoder layer in int8, with the input's quantisation, against the arithmetic without any memory.</summary>
[Config(typeof(OperationsASecond))]
public class Int8Benchmarks : IDisposable
{
    private readonly ComputeContext _context = new();
    private readonly LinearScratch _scratch = new();
    private readonly MatrixBuffer<float> _input = new();
    private readonly MatrixBuffer<float> _output = new();
    private Int8Linear? _linear;
    private Matrix<float> _source;
    private Matrix<float> _target;

    [Params(16, 32, 64, 128, 256, 512)]
    public int Rows { get; set; }

    [Params("1024x3072", "1024x1024", "1024x4096", "4096x1024")]
    public string Shape { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        int[] shape = [.. Shape.Split('x').Select(int.Parse)];
        var random = new Random(1);
        sbyte[] weights = new sbyte[shape[0] * shape[1]];
        foreach (ref sbyte weight in weights.AsSpan())
        {
            weight = (sbyte)random.Next(-32, 33);
        }

        float[] scales = [.. Enumerable.Repeat(0.001f, shape[1])];
        _linear = new Int8Linear(_context, weights, scales, scales);
        _source = _input.Shape(Rows, shape[0]);
        _target = _output.Shape(Rows, shape[1]);
        for (int row = 0; row < Rows; row++)
        {
            foreach (ref float value in _source[row])
            {
                value = random.NextSingle() - 0.5f;
            }
        }
    }

    [Benchmark]
    public void Apply() => _linear!.Apply(_context, _source, _target, _scratch);

    [GlobalCleanup]
    public void Dispose()
    {
        _linear?.Dispose();
        _scratch.Dispose();
        _input.Dispose();
        _output.Dispose();
        _context.Dispose();
        GC.SuppressFinalize(this);
    }

    private sealed class OperationsASecond : ManualConfig
    {
        public OperationsASecond()
        {
            AddColumn(new OperationsColumn("GOP/s", isShare: false), new OperationsColumn("of peak", isShare: true));
        }
    }

    /// <summary>Two operations a product: a multiplication and an addition.</summary>
    private sealed class OperationsColumn(string name, bool isShare) : IColumn
    {
        private static readonly Lazy<double> s_peak = new(static () =>
        {
            using var context = new ComputeContext();
            return Int8Peak.Measure(context, runs: 200) / 1e9;
        });

        public string Id => name;

        public string ColumnName => name;

        public bool AlwaysShow => true;

        public ColumnCategory Category => ColumnCategory.Custom;

        public int PriorityInCategory => 0;

        public bool IsNumeric => true;

        public UnitType UnitType => UnitType.Dimensionless;

        public string Legend => isShare ? "Share of the peak that registers alone reach" : "Billions of multiplications and additions a second";

        public bool IsAvailable(Summary summary) => true;

        public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
        {
            double operations = 2.0 * (int)benchmarkCase.Parameters[nameof(Rows)]
                * ((string)benchmarkCase.Parameters[nameof(Shape)]).Split('x').Select(double.Parse).Aggregate(static (x, y) => x * y);
            return summary[benchmarkCase]?.ResultStatistics is { } statistics
                ? isShare ? $"{operations / statistics.Median / s_peak.Value:F2}" : $"{operations / statistics.Median:F0}"
                : "-";
        }
    }
}
