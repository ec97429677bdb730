using System.Numerics;
using Picket.Compute;
using Picket.Training.Autograd;

namespace Picket.Training.Optimisation;

/// <summary>AdamW (Loshchilov and Hutter 2019, algorithm 2) on a list of parameters, with clipping by the norm of the whole gradient.</summary>
/// <remarks>
/// Runs on all threads of the context, in blocks that do not depend on their number: the result is the same on one thread as on ten. Not for
/// several callers at once. The caller disposes of parameters and context after it.
/// </remarks>
public sealed class AdamW : IDisposable
{
    // 256 KB of each of four arrays: small parameters are one block, and a block's rest fits in the second-level cache.
    private const int BlockLength = 1 << 16;

    private readonly ComputeContext _context;
    private readonly TrainingSettings _settings;
    private readonly Block[] _blocks;
    private readonly double[] _sums;
    private readonly AlignedBuffer<float>[] _means;
    private readonly AlignedBuffer<float>[] _variances;

    /// <summary>An optimiser whose moments are zero.</summary>
    /// <param name="parameters">What is learned.</param>
    /// <param name="settings">Decay, betas, epsilon and the greatest norm.</param>
    /// <param name="context">Threads and instruction set.</param>
    public AdamW(IReadOnlyList<Parameter> parameters, TrainingSettings settings, ComputeContext context)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameters = parameters;
        _settings = settings;
        _context = context;
        _means = [.. parameters.Select(Zeros)];
        _variances = [.. parameters.Select(Zeros)];
        _blocks = [.. parameters.SelectMany(Blocks)];
        _sums = new double[_blocks.Length];
    }

    /// <summary>What is learned.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The first moment of a parameter, by its place in <see cref="Parameters"/>.</summary>
    public Span<float> Mean(int parameter) => _means[parameter].Span;

    /// <summary>The second moment of a parameter, by its place in <see cref="Parameters"/>.</summary>
    public Span<float> Variance(int parameter) => _variances[parameter].Span;

    /// <summary>The Euclidean norm of all gradients together; no finite number if one of them is none.</summary>
    public double GradientNorm()
    {
        _context.Run(_blocks.Length, new NormWork(this));
        double sum = 0;
        foreach (double part in _sums)
        {
            sum += part;
        }

        return Math.Sqrt(sum);
    }

    /// <summary>One update, after which the gradients are zero.</summary>
    /// <param name="step">Its number, from 1.</param>
    /// <param name="learningRate">Its learning rate.</param>
    /// <param name="gradientNorm">As <see cref="GradientNorm"/> gave it, for clipping.</param>
    public void Step(long step, double learningRate, double gradientNorm)
    {
        double most = _settings.MaxGradientNorm;
        var constants = new AdamWStep(
            Size: (float)(learningRate / (1 - Math.Pow(_settings.Beta1, step))),
            Decay: (float)(learningRate * _settings.WeightDecay),
            Beta1: (float)_settings.Beta1,
            Beta2: (float)_settings.Beta2,
            VarianceCorrection: (float)(1 / (1 - Math.Pow(_settings.Beta2, step))),
            Epsilon: (float)_settings.Epsilon,
            GradientScale: most > 0 && gradientNorm > most ? (float)(most / gradientNorm) : 1);
        _context.Run(_blocks.Length, new StepWork(this, constants));
    }

    /// <summary>Makes all gradients zero without an update.</summary>
    public void ClearGradients()
    {
        foreach (Parameter parameter in Parameters)
        {
            parameter.Gradients.Clear();
        }
    }

    /// <summary>Frees the moments.</summary>
    public void Dispose()
    {
        foreach (AlignedBuffer<float> buffer in _means.Concat(_variances))
        {
            buffer.Dispose();
        }
    }

    private static AlignedBuffer<float> Zeros(Parameter parameter)
    {
        var buffer = new AlignedBuffer<float>(parameter.Values.Length);
        buffer.Span.Clear();
        return buffer;
    }

    private static IEnumerable<Block> Blocks(Parameter parameter, int index)
    {
        int length = parameter.Values.Length;
        for (int start = 0; start < length; start += BlockLength)
        {
            yield return new Block(index, start, Math.Min(BlockLength, length - start));
            if (length - start <= BlockLength)
            {
                yield break;
            }
        }
    }

    private static double SumOfSquares(ReadOnlySpan<float> values)
    {
        // In doubles: squares of large gradients leave the range of floats, and the sum is that of exact squares.
        Vector<double> sum = Vector<double>.Zero;
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(values[i..]), out Vector<double> low, out Vector<double> high);
            sum += (low * low) + (high * high);
        }

        double rest = 0;
        for (; i < values.Length; i++)
        {
            rest += (double)values[i] * values[i];
        }

        return Vector.Sum(sum) + rest;
    }

    private readonly record struct Block(int Parameter, int Start, int Length);

    private readonly struct NormWork(AdamW owner) : IWork
    {
        public void Execute(int piece, int worker)
        {
            Block block = owner._blocks[piece];
            owner._sums[piece] = SumOfSquares(owner.Parameters[block.Parameter].Gradients.Slice(block.Start, block.Length));
        }
    }

    private readonly struct StepWork(AdamW owner, AdamWStep constants) : IWork
    {
        public void Execute(int piece, int worker)
        {
            Block block = owner._blocks[piece];
            Parameter parameter = owner.Parameters[block.Parameter];
            Span<float> gradients = parameter.Gradients.Slice(block.Start, block.Length);
            AdamWStep step = parameter.Decays ? constants : constants with { Decay = 0 };
            Gradients.AdamW(
                owner._context.Simd,
                parameter.Values.Slice(block.Start, block.Length),
                gradients,
                owner.Mean(block.Parameter).Slice(block.Start, block.Length),
                owner.Variance(block.Parameter).Slice(block.Start, block.Length),
                step);
            gradients.Clear();
        }
    }
}
