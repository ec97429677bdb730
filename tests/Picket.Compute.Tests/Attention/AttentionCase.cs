namespace Picket.Compute.Tests.Attention;

/// <summary>Random projections and positions, attention over them, and the same in doubles straight from the formula.</summary>
internal sealed class AttentionCase : IDisposable
{
    private const int Heads = 3;
    private readonly int[] _starts;
    private readonly MatrixBuffer<float> _projections = new();
    private readonly MatrixBuffer<float> _output = new();
    private readonly MatrixBuffer<float> _positionQueries = new();
    private readonly MatrixBuffer<float> _positionKeys = new();

    public AttentionCase(LogBuckets buckets, int headSize, params int[] lengths)
    {
        Buckets = buckets;
        HeadSize = headSize;
        _starts = [0, .. lengths.Select((_, i) => lengths[..(i + 1)].Sum())];
        Projections = Fill(_projections.Shape(_starts[^1], 3 * Heads * headSize), seed: 1);
        PositionQueries = Fill(_positionQueries.Shape(buckets.Positions, Heads * headSize), seed: 2);
        PositionKeys = Fill(_positionKeys.Shape(buckets.Positions, Heads * headSize), seed: 3);
    }

    public LogBuckets Buckets { get; }

    public int HeadSize { get; }

    public Matrix<float> Projections { get; }

    public Matrix<float> PositionQueries { get; }

    public Matrix<float> PositionKeys { get; }

    /// <summary>The output, one array a token.</summary>
    public float[][] Attend(SimdLevel simd, int threads, int queries = int.MaxValue, AttentionScratch? scratch = null, bool shorts = false)
    {
        using var context = new ComputeContext(new ComputeOptions { Threads = threads, Simd = simd });
        using PositionPanels positions = shorts
            ? new ShortPositionPanels(PositionQueries, PositionKeys, Heads)
            : new FloatPositionPanels(PositionQueries, PositionKeys, Heads);
        using AttentionScratch own = new(Buckets);
        Matrix<float> output = _output.Shape(Projections.Rows, Heads * HeadSize);
        DisentangledAttention.Apply(context, Projections, _starts, positions, output, scratch ?? own, queries);
        return [.. Enumerable.Range(0, output.Rows).Select(row => output[row].ToArray())];
    }

    /// <summary>One token's output from the formula.</summary>
    public double[] Expected(int sequence, int query)
    {
        int start = _starts[sequence];
        int length = _starts[sequence + 1] - start;
        double[] output = new double[Heads * HeadSize];
        for (int head = 0; head < Heads; head++)
        {
            double[] scores = [.. Enumerable.Range(0, length).Select(key => Score(start, query, key, head * HeadSize))];
            double[] weights = [.. scores.Select(score => Math.Exp(score - scores.Max()))];
            for (int i = 0; i < HeadSize; i++)
            {
                int column = (head * HeadSize) + i;
                output[column] = Enumerable.Range(0, length)
                    .Sum(key => weights[key] / weights.Sum() * Projections[start + key][(2 * output.Length) + column]);
            }
        }

        return output;
    }

    public void Dispose()
    {
        _projections.Dispose();
        _output.Dispose();
        _positionQueries.Dispose();
        _positionKeys.Dispose();
    }

    private double Score(int start, int query, int key, int column)
    {
        int row = Buckets.Row(query - key);
        double sum = 0;
        for (int i = column; i < column + HeadSize; i++)
        {
            double q = Projections[start + query][i];
            double k = Projections[start + key][(Heads * HeadSize) + i];
            sum += (q * k) + (q * PositionKeys[row][i]) + (k * PositionQueries[row][i]);
        }

        return sum / Math.Sqrt(3 * HeadSize);
    }

    private static Matrix<float> Fill(Matrix<float> matrix, int seed)
    {
        var random = new Random(seed);
        for (int row = 0; row < matrix.Rows; row++)
        {
            foreach (ref float value in matrix[row])
            {
                value = (random.NextSingle() * 2) - 1;
            }
        }

        return matrix;
    }
}
