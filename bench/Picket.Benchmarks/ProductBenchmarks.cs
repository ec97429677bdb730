using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Picket.Compute;

namespace Picket.Benchmarks;

/// <summary>
/// The linear products of a large encoder on all threads, with weights from memory as in a pass: several copies in turn, more than the caches
/// hold. The peak is measured when the report is made.
/// </summary>
[Config(typeof(OperationsASecond))]
public class ProductBenchmarks : IDisposable
{
    private const long WeightBytes = 256 << 20;
    private readonly ComputeContext _context = new();
    private readonly LinearScratch _scratch = new();
    private readonly MatrixBuffer<float> _input = new();
    private readonly MatrixBuffer<float> _output = new();
    private Linear[] _layers = [];
    private int _turn;

    [Params(32, 64, 128, 256, 512)]
    public int Rows { get; set; }

    [Params(1024, 4096)]
    public int Inputs { get; set; }

    [Params(1024, 3072, 4096)]
    public int Outputs { get; set; }

    [GlobalSetup(Target = nameof(Floats))]
    public void SetupFloats() => Setup(sizeof(float), weights => new FloatLinear(weights, new float[Outputs], _context));

    [GlobalSetup(Target = nameof(Halves))]
    public void SetupHalves() => Setup(sizeof(ushort), weights => new HalfLinear(weights, new float[Outputs], _context));

    [Benchmark(Baseline = true)]
    public void Floats() => Apply();

    [Benchmark]
    public void Halves() => Apply();

    [GlobalCleanup]
    public void Dispose()
    {
        foreach (Linear layer in _layers)
        {
            layer.Dispose();
        }

        _input.Dispose();
        _output.Dispose();
        _scratch.Dispose();
        _context.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Setup(int bytes, Func<Matrix<float>, Linear> create)
    {
        using var memory = new MatrixBuffer<float>();
        Matrix<float> weights = Random(memory.Shape(Outputs, Inputs));
        _layers = [.. Enumerable.Range(0, (int)(WeightBytes / ((long)Inputs * Outputs * bytes))).Select(_ => create(weights))];
        Random(_input.Shape(Rows, Inputs));
    }

    private void Apply()
    {
        Linear layer = _layers[_turn++ % _layers.Length];
        layer.Apply(_context, _input.Shape(Rows, Inputs), _output.Shape(Rows, Outputs), _scratch);
    }

    private static Matrix<float> Random(Matrix<float> matrix)
    {
        var random = new Random(1);
        for (int row = 0; row < matrix.Rows; row++)
        {
            foreach (ref float value in matrix[row])
            {
                value = random.NextSingle() - 0.5f;
            }
        }

        return matrix;
    }

    private sealed class OperationsASecond : ManualConfig
    {
        private static readonly Lazy<double> Peak = new(static () =>
        {
            using var context = new ComputeContext();
            return MachinePeak.MeasureFloats(context);
        });

        public OperationsASecond()
        {
            AddFilter(new BenchmarkDotNet.Filters.SimpleFilter(static benchmark =>
                Number(benchmark, nameof(Inputs)) == 1024 || Number(benchmark, nameof(Outputs)) == 1024));
            AddColumn(
                new RateColumn("GFLOP/s", "10^9 floating-point operations a second", static rate => $"{rate:F0}"),
                new RateColumn("of peak", "Share of multiply-adds between registers on all threads", static rate => $"{rate / Peak.Value:P0}"));
        }

        internal static int Number(BenchmarkCase benchmark, string parameter) => (int)benchmark.Parameters[parameter];
    }

    private sealed class RateColumn(string name, string legend, Func<double, string> format) : IColumn
    {
        public string Id => name;

        public string ColumnName => name;

        public bool AlwaysShow => true;

        public ColumnCategory Category => ColumnCategory.Custom;

        public int PriorityInCategory => 0;

        public bool IsNumeric => true;

        public UnitType UnitType => UnitType.Dimensionless;

        public string Legend => legend;

        public bool IsAvailable(Summary summary) => true;

        public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
        {
            double operations = 2.0 * OperationsASecond.Number(benchmarkCase, nameof(Rows))
                * OperationsASecond.Number(benchmarkCase, nameof(Inputs)) * OperationsASecond.Number(benchmarkCase, nameof(Outputs));
            return summary[benchmarkCase]?.ResultStatistics is { } statistics ? format(operations / statistics.Median) : "-";
        }
    }
}
