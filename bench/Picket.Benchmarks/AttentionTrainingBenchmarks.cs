using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Picket.Compute;

namespace Picket.Benchmarks;

/// <summary>
/// Attention both ways over 2,048 tokens in sequences of one length, six heads of 64, on all threads. Operations are the least that there
/// could be: each pair of tokens once in every product.
/// </summary>
[Config(typeof(OperationsASecond))]
public class AttentionTrainingBenchmarks : IDisposable
{
    private const int Tokens = 2048;
    private const int Heads = 6;
    private const int Hidden = 64 * Heads;
    private readonly ComputeContext _context = new();
    private readonly TrainableAttention _attention = new(new LogBuckets(256, 512), Heads);
    private readonly MatrixBuffer<float>[] _memory = [.. Enumerable.Range(0, 13).Select(static _ => new MatrixBuffer<float>())];
    private readonly Dropout _dropout = new(0.1f, 1);
    private AttentionOperands _operands;
    private AttentionOperands _gradients;
    private Matrix<float> _output;
    private Matrix<float> _outputGradient;
    private Matrix<float> _probabilities;
    private int[] _starts = [];

    [Params(16, 64, 128, 256)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _starts = [.. Enumerable.Range(0, (Tokens / Length) + 1).Select(i => i * Length)];
        (int first, int count) = _attention.PositionRange(Length);
        Matrix<float> Random(int number, int rows, int columns) => RandomMatrix.Fill(_memory[number].Shape(rows, columns));
        AttentionOperands Operands(int number) => new(
            Random(number, Tokens, Hidden),
            Random(number + 1, Tokens, Hidden),
            Random(number + 2, Tokens, Hidden),
            Random(number + 3, count, Hidden),
            Random(number + 4, count, Hidden),
            first);
        _operands = Operands(0);
        _gradients = Operands(5);
        _output = Random(10, Tokens, Hidden);
        _outputGradient = Random(11, Tokens, Hidden);
        _probabilities = Random(12, 1, _attention.ProbabilityCount(_starts));
        Forward();
    }

    [Benchmark(Baseline = true)]
    public void Forward() => _attention.Forward(_context, _operands, _starts, _dropout, _probabilities, _output);

    [Benchmark]
    public void Backward() =>
        _attention.Backward(_context, _operands, _starts, _dropout, _probabilities, _outputGradient, _gradients);

    [GlobalCleanup]
    public void Dispose()
    {
        foreach (MatrixBuffer<float> memory in _memory)
        {
            memory.Dispose();
        }

        _attention.Dispose();
        _context.Dispose();
        GC.SuppressFinalize(this);
    }

    private sealed class OperationsASecond : ManualConfig
    {
        public OperationsASecond() => AddColumn(RateColumn.Both(static benchmark =>
            (benchmark.Descriptor.WorkloadMethod.Name == nameof(Forward) ? 4 : 8) * 2.0 * Tokens * Hidden
                * RateColumn.Number(benchmark, nameof(Length))));
    }
}
