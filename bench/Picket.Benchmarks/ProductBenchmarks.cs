using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
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
        Matrix<float> weights = RandomMatrix.Fill(memory.Shape(Outputs, Inputs));
        _layers = [.. Enumerable.Range(0, (int)(WeightBytes / ((long)Inputs * Outputs * bytes))).Select(_ => create(weights))];
        RandomMatrix.Fill(_input.Shape(Rows, Inputs));
    }

    private void Apply()
    {
        Linear layer = _layers[_turn++ % _layers.Length];
        layer.Apply(_context, _input.Shape(Rows, Inputs), _output.Shape(Rows, Outputs), _scratch);
    }

    private sealed class OperationsASecond : ManualConfig
    {
        public OperationsASecond()
        {
            AddFilter(new BenchmarkDotNet.Filters.SimpleFilter(static benchmark =>
                RateColumn.Number(benchmark, nameof(Inputs)) == 1024 || RateColumn.Number(benchmark, nameof(Outputs)) == 1024));
            AddColumn(RateColumn.Both(static benchmark => 2.0 * RateColumn.Number(benchmark, nameof(Rows))
                * RateColumn.Number(benchmark, nameof(Inputs)) * RateColumn.Number(benchmark, nameof(Outputs))));
        }
    }
}
