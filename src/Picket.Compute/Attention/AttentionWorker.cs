namespace Picket.Compute;

/// <summary>One thread's memory for attention, and the order in which it goes through some rows of a head.</summary>
/// <remarks>
/// Products of tokens with positions are made for just the positions that their rows meet: a third fewer than all for 512 tokens. A band of
/// queries shares the products of keys with positions; a block of queries within it has scores that stay in the caches of its core.
/// </remarks>
internal sealed class AttentionWorker : IDisposable
{
    /// <summary>Queries whose scores are in memory at once; a multiple of <see cref="RelativePositions.Lanes"/>.</summary>
    public const int RowBlock = 32;

    /// <summary>Keys that share the range of positions which their products are made for.</summary>
    public const int KeyBlock = 32;

    // Queries that share the products of keys with positions. At 512 tokens those are 1 MB; a quarter of the queries at a time would keep
    // them in the second-level cache but make half of them twice, which costs 2 % of the pass, and reading them costs 1 % either way.
    private const int Band = 16 * RowBlock;

    private readonly MatrixBuffer<float> _scores = new();
    private readonly MatrixBuffer<float> _queryByPosition = new();
    private readonly MatrixBuffer<float> _keyByPosition = new();
    private int[] _firstPositions = [];

    /// <summary>Products in floats.</summary>
    public FloatHeadProducts Floats { get; } = new();

    /// <summary>Products in 16-bit numbers.</summary>
    public ShortHeadProducts Shorts { get; } = new();

    /// <summary>Fills <paramref name="output"/>, rows x head size, for the queries from <paramref name="row"/> on.</summary>
    public void Attend(in AttentionHead head, PositionPanels positions, int row, Matrix<float> output) =>
        Attend(head, positions.Take(this, head), row, output);

    /// <summary>The same with products that are ready for the head.</summary>
    public void Attend(in AttentionHead head, IHeadProducts products, int row, Matrix<float> output)
    {
        for (int band = 0; band < output.Rows; band += Band)
        {
            int bandRows = Math.Min(Band, output.Rows - band);
            Matrix<float> keyByPosition = MultiplyKeysByPositions(head, products, row + band, bandRows);
            for (int block = band; block < band + bandRows; block += RowBlock)
            {
                int rows = Math.Min(RowBlock, band + bandRows - block);
                AttendBlock(head, products, row + block, keyByPosition, output.SliceRows(block, rows));
            }
        }
    }

    public void Dispose()
    {
        _scores.Dispose();
        _queryByPosition.Dispose();
        _keyByPosition.Dispose();
        Floats.Dispose();
        Shorts.Dispose();
    }

    private static int RoundUp(int count) => (count + RelativePositions.Lanes - 1) / RelativePositions.Lanes * RelativePositions.Lanes;

    /// <summary>K PQᵀ, key block by key block, each from its own first position on (<see cref="_firstPositions"/>).</summary>
    private Matrix<float> MultiplyKeysByPositions(in AttentionHead head, IHeadProducts products, int row, int rows)
    {
        int length = head.Keys.Rows;
        int blocks = (length + KeyBlock - 1) / KeyBlock;
        if (_firstPositions.Length < blocks)
        {
            _firstPositions = new int[blocks];
        }

        // Vectors reach past the last position by a vector's width, and past the last key and query up to the next multiple of it.
        RelativePositions positions = head.Positions;
        int mostPositions = Math.Min(positions.Buckets.Positions, RoundUp(rows) + KeyBlock + Panels.Width);
        Matrix<float> target = _keyByPosition.Shape(blocks * KeyBlock, mostPositions + RelativePositions.Lanes);
        for (int block = 0; block < blocks; block++)
        {
            int key = block * KeyBlock;
            int first = positions.Row(row - (key + KeyBlock - 1)) / Panels.Width * Panels.Width;
            int last = positions.Row(row + RoundUp(rows) - 1 - key);
            int keys = Math.Min(KeyBlock, length - key);
            _firstPositions[block] = first;
            products.KeysByPositions(key, first, target.Slice(key, keys, 0, last + 1 - first));
        }

        return target;
    }

    private void AttendBlock(in AttentionHead head, IHeadProducts products, int row, Matrix<float> keyByPosition, Matrix<float> output)
    {
        int length = head.Keys.Rows;
        products.Take(head.Queries.SliceRows(row, output.Rows));
        Matrix<float> scores = _scores.Shape(RoundUp(output.Rows), RoundUp(length));
        Matrix<float> realScores = scores.Slice(0, output.Rows, 0, length);
        products.Scores(realScores);

        int last = head.Positions.Buckets.Positions - 1;
        int first = (last - head.Positions.Row(row + RoundUp(output.Rows) - 1)) / Panels.Width * Panels.Width;
        int count = last - head.Positions.Row(row - (RoundUp(length) - 1)) + 1 - first;
        Matrix<float> queryByPosition = _queryByPosition.Shape(RoundUp(output.Rows), count + RelativePositions.Lanes);
        products.QueriesByPositions(first, queryByPosition.Slice(0, output.Rows, 0, count));

        var relative = new RelativeScores(head.Positions.Tables, scores, queryByPosition, first, keyByPosition);
        for (int key = 0; key < length; key += KeyBlock)
        {
            relative.Add(head.Simd, row, key, Math.Min(KeyBlock, RoundUp(length) - key), _firstPositions[key / KeyBlock]);
        }

        float factor = 1 / MathF.Sqrt(3f * head.Queries.Columns);
        products.Context(realScores, scores.SliceRows(0, output.Rows), factor, output);
    }
}
