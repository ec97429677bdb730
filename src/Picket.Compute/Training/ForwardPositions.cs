namespace Picket.Compute;

/// <summary>A pass's relative positions as <see cref="AttentionWorker"/> reads them: packed head by head, the keys with the last position first.</summary>
/// <remarks>
/// Only the positions that the batch meets, with zeros around them: blocks of rows reach past the ends of a sequence, to scores that nobody reads.
/// </remarks>
internal sealed class ForwardPositions(int heads) : IDisposable
{
    private readonly MatrixBuffer<float> _stacked = new();
    private readonly PanelBuffer _memory = new();
    private Panels _panels;
    private int _columns;

    /// <summary>Heads.</summary>
    public int Heads => heads;

    /// <summary>The position that the queries begin with.</summary>
    public int FirstQuery { get; private set; }

    /// <summary>The reversed position that the keys begin with.</summary>
    public int FirstReversedKey { get; private set; }

    /// <summary>PQᵀ of a head: head size x positions.</summary>
    public Panels Queries(int head) => _panels.SliceColumns(2 * head * _columns, _columns);

    /// <summary>PKᵀ of a head, reversed: head size x positions.</summary>
    public Panels ReversedKeys(int head) => _panels.SliceColumns(((2 * head) + 1) * _columns, _columns);

    /// <summary>Packs those of a pass.</summary>
    public void Pack(ComputeContext context, in AttentionOperands operands, RelativePositions positions, int longest)
    {
        const int Block = AttentionWorker.KeyBlock;
        int reach = Math.Max(1, (longest + Block - 1) / Block) * Block;
        int least = positions.Buckets.Row(-reach);
        int greatest = positions.Buckets.Row(reach);
        int last = positions.Buckets.Positions - 1;
        FirstQuery = least / Panels.Width * Panels.Width;
        FirstReversedKey = (last - greatest) / Panels.Width * Panels.Width;
        _columns = Panels.Count(Math.Max(greatest - FirstQuery, last - least - FirstReversedKey) + 1) * Panels.Width;

        int width = operands.PositionKeys.Columns / heads;
        Matrix<float> stacked = _stacked.Shape(2 * heads * _columns, width);
        for (int head = 0; head < heads; head++)
        {
            for (int i = 0; i < _columns; i++)
            {
                int row = (2 * head * _columns) + i;
                Copy(operands.PositionQueries, FirstQuery + i - operands.FirstPosition, head, stacked[row]);
                Copy(operands.PositionKeys, last - FirstReversedKey - i - operands.FirstPosition, head, stacked[row + _columns]);
            }
        }

        _panels = _memory.Shape(width, stacked.Rows);
        _panels.PackTransposed(stacked, context);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stacked.Dispose();
        _memory.Dispose();
    }

    private static void Copy(Matrix<float> source, int row, int head, Span<float> target)
    {
        if ((uint)row < (uint)source.Rows)
        {
            source[row].Slice(head * target.Length, target.Length).CopyTo(target);
        }
        else
        {
            target.Clear();
        }
    }
}
