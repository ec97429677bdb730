using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Picket.Compute;
using Picket.Training.Optimisation;

namespace Picket.Training.RouterTraining;

/// <summary>
/// Weights of which a normal distribution is learned, each by itself: weight = mean + exp(log deviation) eps, eps drawn once a pass. Without a
/// deviation the weights are the means. Also holds what AdamW remembers.
/// </summary>
internal sealed class PosteriorArray : IDisposable
{
    // Vectors of the sampler come in pairs of eight; what is beyond the last weight belongs to none.
    private const int Lanes = 16;
    private readonly AlignedBuffer<float> _memory;
    private readonly int _room;

    /// <summary>Weights at their start.</summary>
    /// <param name="length">How many.</param>
    /// <param name="mean">Gives each mean at the start.</param>
    /// <param name="deviation">The deviation at the start; 0 for weights that have none.</param>
    public PosteriorArray(int length, Func<float> mean, double deviation)
    {
        Length = length;
        IsRandom = deviation > 0;
        _room = (length + Lanes - 1) / Lanes * Lanes;
        _memory = new AlignedBuffer<float>((long)_room * (IsRandom ? 8 : 4));
        _memory.Span.Clear();
        foreach (ref float value in Part(0)[..length])
        {
            value = mean();
        }

        if (IsRandom)
        {
            LogDeviations.Fill((float)Math.Log(deviation));
        }
    }

    public int Length { get; }

    /// <summary>Whether there is a deviation.</summary>
    public bool IsRandom { get; }

    public Span<float> Means => Part(0)[..Length];

    public Span<float> Gradients => Part(1)[..Length];

    /// <summary>Weights of this pass.</summary>
    public Span<float> Values => Part(IsRandom ? 4 : 0)[..Length];

    public Span<float> LogDeviations => Part(5);

    /// <summary>Blocks that <see cref="Draw"/> and <see cref="Step"/> come in: a part of each array fits in the second-level cache.</summary>
    public int Blocks => (_room + BlockLength - 1) / BlockLength;

    private static int BlockLength => 1 << 14;

    private static int ChunkLength => 1 << 10;

    /// <summary>The weights of this pass as a matrix.</summary>
    public Matrix<float> ValueMatrix(int rows) => Matrix(IsRandom ? 4 : 0, rows);

    /// <summary>Receives the gradient of the loss in the weights of this pass.</summary>
    public Matrix<float> GradientMatrix(int rows) => Matrix(1, rows);

    /// <summary>Draws the weights of a block.</summary>
    public void Draw(int block, SimdLevel simd, ulong seed)
    {
        if (!IsRandom)
        {
            return;
        }

        var normal = new NormalStream(SplitMix.Seed((long)seed, block));
        Span<float> room = stackalloc float[ChunkLength];
        for (int start = 0; start < Floats(0, block).Length; start += ChunkLength)
        {
            Span<float> deviations = Exponentials(simd, Chunk(5, block, start), 1, room);
            Span<Vector256<float>> deviation = Vectors(deviations);
            Span<Vector256<float>> values = Vectors(Chunk(4, block, start));
            Span<Vector256<float>> means = Vectors(Chunk(0, block, start));
            for (int i = 0; i < values.Length; i += 2)
            {
                (Vector256<float> first, Vector256<float> second) = normal.Next();
                values[i] = means[i] + (deviation[i] * first);
                values[i + 1] = means[i + 1] + (deviation[i + 1] * second);
            }
        }
    }

    /// <summary>
    /// One step of AdamW on a block. The gradient of the log deviation is that of the weight times its noise, value less mean; to both comes what
    /// divergence x [log s1 - log s0 + (s0² + mean²) / (2 s1²) - 1/2] contributes, s0 the deviation and s1 the prior's.
    /// </summary>
    /// <remarks>In chunks that stay in the first-level cache with all that is made of them: the arrays are too large for any other.</remarks>
    public void Step(int block, SimdLevel simd, in AdamWStep step, float divergence, float priorDeviation)
    {
        if (!IsRandom)
        {
            Compute.Gradients.AdamW(simd, Floats(0, block), Floats(1, block), Floats(2, block), Floats(3, block), step);
            return;
        }

        float precision = 1 / (priorDeviation * priorDeviation);
        Span<float> room = stackalloc float[ChunkLength];
        Span<float> ofMeans = stackalloc float[ChunkLength];
        for (int start = 0; start < Floats(0, block).Length; start += ChunkLength)
        {
            Span<float> ofLogs = Exponentials(simd, Chunk(5, block, start), 2, room);
            Span<Vector256<float>> logSlopes = Vectors(ofLogs);
            Span<Vector256<float>> slopes = Vectors(ofMeans[..ofLogs.Length]);
            Span<Vector256<float>> gradients = Vectors(Chunk(1, block, start));
            Span<Vector256<float>> values = Vectors(Chunk(4, block, start));
            Span<Vector256<float>> means = Vectors(Chunk(0, block, start));
            for (int i = 0; i < means.Length; i++)
            {
                Vector256<float> excess = (logSlopes[i] * precision) - Vector256<float>.One;
                logSlopes[i] = (gradients[i] * (values[i] - means[i])) + (excess * divergence);
                slopes[i] = gradients[i] + (means[i] * (divergence * precision));
            }

            Compute.Gradients.AdamW(simd, Chunk(5, block, start), ofLogs, Chunk(6, block, start), Chunk(7, block, start), step);
            Compute.Gradients.AdamW(
                simd, Chunk(0, block, start), ofMeans[..ofLogs.Length], Chunk(2, block, start), Chunk(3, block, start), step);
        }
    }

    public void Dispose() => _memory.Dispose();

    private Span<float> Part(int part) => _memory.Span.Slice(part * _room, _room);

    private Span<float> Floats(int part, int block) => Part(part)[(block * BlockLength)..Math.Min(_room, (block + 1) * BlockLength)];

    private Span<float> Chunk(int part, int block, int start)
    {
        Span<float> all = Floats(part, block);
        return all[start..Math.Min(all.Length, start + ChunkLength)];
    }

    private static Span<Vector256<float>> Vectors(Span<float> values) => MemoryMarshal.Cast<float, Vector256<float>>(values);

    private static Span<float> Exponentials(SimdLevel simd, ReadOnlySpan<float> logs, float factor, Span<float> room)
    {
        Span<float> found = room[..logs.Length];
        for (int i = 0; i < found.Length; i++)
        {
            found[i] = factor * logs[i];
        }

        Elementwise.Exp(simd, found);
        return found;
    }

    private Matrix<float> Matrix(int part, int rows) => new(_memory, rows, Length / rows, Length / rows, (long)part * _room);
}
