namespace Picket.Compute.Tests.Training;

/// <summary>Random operands of a batch, attention over them both ways, and the same in doubles.</summary>
internal sealed class TrainableAttentionCase : IDisposable
{
    private const ulong Seed = 9;
    private const int SparePositions = 2;
    private readonly LogBuckets _buckets;
    private readonly int _heads;
    private readonly float _rate;
    private readonly int[] _starts;
    private readonly int _first;
    private readonly TestMatrix[] _operands;
    private readonly TestMatrix _above;

    public TrainableAttentionCase(LogBuckets buckets, int heads, int width, float rate, params int[] lengths)
    {
        (_buckets, _heads, _rate) = (buckets, heads, rate);
        _starts = [0, .. lengths.Select((_, i) => lengths[..(i + 1)].Sum())];
        using var attention = new TrainableAttention(buckets, heads);
        (int first, int count) = attention.PositionRange(lengths.Max());
        _first = Math.Max(0, first - SparePositions);
        int tokens = _starts[^1];
        int positions = first + count - _first;
        _operands = [.. new[] { tokens, tokens, tokens, positions, positions }.Select((rows, i) => new TestMatrix(rows, heads * width, seed: i))];
        _above = new TestMatrix(tokens, heads * width, seed: 11);
    }

    /// <summary>Probabilities, output, and the gradients of the five operands, which are added to ones.</summary>
    public float[][] Find(SimdLevel simd, int threads, TrainableAttention? attention = null)
    {
        using var context = new ComputeContext(new ComputeOptions { Simd = simd, Threads = threads });
        using var own = new TrainableAttention(_buckets, _heads);
        attention ??= own;
        using var probabilities = new TestMatrix(1, attention.ProbabilityCount(_starts), seed: 1);
        using var output = new TestMatrix(_starts[^1], _above.View.Columns, seed: 2);
        TestMatrix[] gradients = [.. _operands.Select(static operand => new TestMatrix(operand.View.Rows, operand.View.Columns, seed: 3))];
        foreach (TestMatrix gradient in gradients)
        {
            for (int row = 0; row < gradient.View.Rows; row++)
            {
                gradient.View[row].Fill(1);
            }
        }

        var dropout = new Dropout(_rate, Seed);
        attention.Forward(context, View(_operands), _starts, dropout, probabilities.View, output.View);
        attention.Backward(context, View(_operands), _starts, dropout, probabilities.View, _above.View, View(gradients));
        TestMatrix[] all = [probabilities, output, .. gradients];
        float[][] found = [.. all.Select(static matrix => matrix.Dense)];
        foreach (TestMatrix matrix in all)
        {
            matrix.AssertGapsUntouched();
            matrix.Dispose();
        }

        return found;
    }

    /// <summary>The same from the formula.</summary>
    public double[][] Expected()
    {
        var slow = new SlowAttention(_buckets, _heads, _first)
        {
            Operands = [.. _operands.Select(Rows)],
            Starts = _starts,
            Mask = (length, row) => SlowDropout.Mask(_rate, Seed, length, row),
        };
        slow.Run(Rows(_above));
        return
        [
            [.. slow.Probabilities],
            [.. slow.Output.SelectMany(static row => row)],
            .. slow.Gradients.Select(static gradient => gradient.SelectMany(static row => row.Select(static value => value + 1)).ToArray()),
        ];
    }

    public void AssertEqual(SimdLevel simd, int threads)
    {
        float[][] found = Find(simd, threads);
        double[][] expected = Expected();
        for (int i = 0; i < expected.Length; i++)
        {
            Values.AssertClose(expected[i], found[i], 2e-5);
        }
    }

    public void Dispose()
    {
        foreach (TestMatrix operand in _operands)
        {
            operand.Dispose();
        }

        _above.Dispose();
    }

    private AttentionOperands View(TestMatrix[] all) => new(all[0].View, all[1].View, all[2].View, all[3].View, all[4].View, _first);

    private static double[][] Rows(TestMatrix matrix) =>
        [.. Enumerable.Range(0, matrix.View.Rows).Select(row => matrix.View[row].ToArray().Select(static value => (double)value).ToArray())];
}
