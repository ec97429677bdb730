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
    private AlignedBuffer<float> _keys = new(0);
    private AlignedBuffer<float> _values = new(0);
    private int[] _firstPositions = [];

    /// <summary>Fills <paramref name="output"/>, rows x head size, for the queries from <paramref name="row"/> on.</summary>
    public void Attend(in AttentionHead head, int row, Matrix<float> output)
    {
        Panels keys = Pack(ref _keys, head.Keys.Columns, head.Keys.Rows);
        Panels values = Pack(ref _values, head.Values.Rows, head.Values.Columns);
        keys.PackTransposed(head.Keys);
        values.Pack(head.Values);
        for (int band = 0; band < output.Rows; band += Band)
        {
            int bandRows = Math.Min(Band, output.Rows - band);
            Matrix<float> keyByPosition = MultiplyKeysByPositions(head, row + band, bandRows);
            for (int block = band; block < band + bandRows; block += RowBlock)
            {
                int rows = Math.Min(RowBlock, band + bandRows - block);
                AttendBlock(head, row + block, keys, values, keyByPosition, output.SliceRows(block, rows));
            }
        }
    }

    public void Dispose()
    {
        _scores.Dispose();
        _queryByPosition.Dispose();
        _keyByPosition.Dispose();
        _keys.Dispose();
        _values.Dispose();
    }

    private static int RoundUp(int count) => (count + RelativePositions.Lanes - 1) / RelativePositions.Lanes * RelativePositions.Lanes;

    private static Panels Pack(ref AlignedBuffer<float> memory, int depth, int columns)
    {
        if (memory.Length < Panels.Length(depth, columns))
        {
            memory.Dispose();
            memory = new AlignedBuffer<float>(Panels.Length(depth, columns));
        }

        return new Panels(memory, depth, columns);
    }

    /// <summary>K PQᵀ, key block by key block, each from its own first position on (<see cref="_firstPositions"/>).</summary>
    private Matrix<float> MultiplyKeysByPositions(in AttentionHead head, int row, int rows)
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
        Matrix<float> products = _keyByPosition.Shape(blocks * KeyBlock, mostPositions + RelativePositions.Lanes);
        for (int block = 0; block < blocks; block++)
        {
            int key = block * KeyBlock;
            int first = positions.Row(row - (key + KeyBlock - 1)) / Panels.Width * Panels.Width;
            int last = positions.Row(row + RoundUp(rows) - 1 - key);
            int keys = Math.Min(KeyBlock, length - key);
            _firstPositions[block] = first;
            KeysByPositions(head, head.Keys.SliceRows(key, keys), first, products.Slice(key, keys, 0, last + 1 - first));
        }

        return products;
    }

    private void AttendBlock(in AttentionHead head, int row, Panels keys, Panels values, Matrix<float> keyByPosition, Matrix<float> output)
    {
        int length = head.Keys.Rows;
        Matrix<float> queries = head.Queries.SliceRows(row, output.Rows);
        Matrix<float> scores = _scores.Shape(RoundUp(output.Rows), RoundUp(length));
        Matrix<float> realScores = scores.Slice(0, output.Rows, 0, length);
        Scores(head, queries, keys, realScores);

        int last = head.Positions.Buckets.Positions - 1;
        int first = (last - head.Positions.Row(row + RoundUp(output.Rows) - 1)) / Panels.Width * Panels.Width;
        int count = last - head.Positions.Row(row - (RoundUp(length) - 1)) + 1 - first;
        Matrix<float> queryByPosition = _queryByPosition.Shape(RoundUp(output.Rows), count + RelativePositions.Lanes);
        QueriesByPositions(head, queries, first, queryByPosition.Slice(0, output.Rows, 0, count));

        var relative = new RelativeScores(head.Positions.Tables, scores, queryByPosition, first, keyByPosition);
        for (int key = 0; key < length; key += KeyBlock)
        {
            relative.Add(head.Simd, row, key, Math.Min(KeyBlock, RoundUp(length) - key), _firstPositions[key / KeyBlock]);
        }

        float factor = 1 / MathF.Sqrt(3f * queries.Columns);
        for (int i = 0; i < output.Rows; i++)
        {
            Elementwise.Softmax(head.Simd, realScores[i], factor);
        }

        Context(head, realScores, values, output);
    }

    // The four products of a head. They stand alone so that other number formats can take the place of each.
    private static void Scores(in AttentionHead head, Matrix<float> queries, Panels keys, Matrix<float> target) =>
        Gemm.Multiply(head.Simd, queries, keys, 0, target);

    private static void QueriesByPositions(in AttentionHead head, Matrix<float> queries, int first, Matrix<float> target) =>
        Gemm.Multiply(head.Simd, queries, head.ReversedPositionKeys, first, target);

    private static void KeysByPositions(in AttentionHead head, Matrix<float> keys, int first, Matrix<float> target) =>
        Gemm.Multiply(head.Simd, keys, head.PositionQueries, first, target);

    private static void Context(in AttentionHead head, Matrix<float> probabilities, Panels values, Matrix<float> target) =>
        Gemm.Multiply(head.Simd, probabilities, values, 0, target);
}
