using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Picket.Compute;

namespace Picket.Benchmarks;

/// <summary>The three products of a linear map in training, on all threads: 32 sequences of 64 tokens through a small encoder's layers.</summary>
[Config(typeof(OperationsASecond))]
public class TrainingBenchmarks : IDisposable
{
    private const int Rows = 2048;
    private readonly ComputeContext _context = new();
    private readonly ProductScratch _scratch = new();
    private readonly MatrixBuffer<float>[] _memory = [new(), new(), new(), new(), new()];

    [Params(384, 1536)]
    public int Inputs { get; set; }

    [Params(384, 1536)]
    public int Outputs { get; set; }

    private Matrix<float> Weights => _memory[0].Shape(Outputs, Inputs);

    private Matrix<float> WeightGradient => _memory[1].Shape(Outputs, Inputs);

    private Matrix<float> Input => _memory[2].Shape(Rows, Inputs);

    private Matrix<float> InputGradient => _memory[3].Shape(Rows, Inputs);

    private Matrix<float> Output => _memory[4].Shape(Rows, Outputs);

    [GlobalSetup]
    public void Setup()
    {
        foreach (Matrix<float> matrix in (Matrix<float>[])[Weights, WeightGradient, Input, InputGradient, Output])
        {
            RandomMatrix.Fill(matrix);
        }
    }

    [Benchmark(Baseline = true)]
    public void Forward() => ParallelGemm.MultiplyTransposed(_context, Input, Weights, [], Output, _scratch);

    [Benchmark]
    public void ToInput() => ParallelGemm.Multiply(_context, Output, Weights, InputGradient, _scratch);

    [Benchmark]
    public void ToWeights() => ParallelGemm.TransposedMultiply(_context, Output, Input, WeightGradient, _scratch, accumulate: true);

    [GlobalCleanup]
    public void Dispose()
    {
        foreach (MatrixBuffer<float> memory in _memory)
        {
            memory.Dispose();
        }

        _scratch.Dispose();
        _context.Dispose();
        GC.SuppressFinalize(this);
    }

    private sealed class OperationsASecond : ManualConfig
    {
        public OperationsASecond()
        {
            AddFilter(new BenchmarkDotNet.Filters.SimpleFilter(static benchmark =>
                RateColumn.Number(benchmark, nameof(Inputs)) == 384 || RateColumn.Number(benchmark, nameof(Outputs)) == 384));
            AddColumn(RateColumn.Both(static benchmark =>
                2.0 * Rows * RateColumn.Number(benchmark, nameof(Inputs)) * RateColumn.Number(benchmark, nameof(Outputs))));
        }
    }
}
