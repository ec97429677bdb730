namespace Picket.Compute;

/// <summary>
/// For every relative position its row of the relative embeddings, and for the sixteen positions from there on (upwards, downwards) how
/// many rows further each one's is. Rows rise by at most one a position, so that sixteen positions lie within sixteen rows: one load and
/// one permutation fetch what sixteen look-ups would.
/// </summary>
internal sealed class RelativePositions(LogBuckets buckets) : IDisposable
{
    /// <summary>Positions that one entry looks ahead; the lanes of the widest vector.</summary>
    public const int Lanes = 16;

    private int _reach;
    private AlignedBuffer<ushort> _rows = new(0);
    private AlignedBuffer<byte> _up = new(0);
    private AlignedBuffer<byte> _down = new(0);

    /// <summary>The function that the tables hold.</summary>
    public LogBuckets Buckets { get; } = buckets;

    /// <summary>The tables for sequences of <paramref name="length"/>; grows them when they are too small, which no other thread may see.</summary>
    public void Cover(int length)
    {
        int reach = (length + AttentionWorker.KeyBlock - 1) / AttentionWorker.KeyBlock * AttentionWorker.KeyBlock;
        if (reach <= _reach)
        {
            return;
        }

        Dispose();
        int count = (2 * reach) + 1;
        _rows = new AlignedBuffer<ushort>(count);
        _up = new AlignedBuffer<byte>((long)count * Lanes);
        _down = new AlignedBuffer<byte>((long)count * Lanes);
        for (int entry = 0; entry < count; entry++)
        {
            int row = Buckets.Row(entry - reach);
            _rows.Span[entry] = (ushort)row;
            for (int lane = 0; lane < Lanes; lane++)
            {
                _up.Span[(entry * Lanes) + lane] = (byte)(Buckets.Row(entry - reach + lane) - row);
                _down.Span[(entry * Lanes) + lane] = (byte)(row - Buckets.Row(entry - reach - lane));
            }
        }

        _reach = reach;
    }

    /// <summary>The row of a position, from the table.</summary>
    public int Row(int relative) => _rows.Span[relative + _reach];

    /// <summary>The tables, valid until the next <see cref="Cover"/>.</summary>
    public unsafe View Tables => new(
        Buckets.Positions - 1,
        new Pointer<ushort>(_rows.Address, _rows.Length) + _reach,
        new Pointer<byte>(_up.Address, _up.Length) + (_reach * Lanes),
        new Pointer<byte>(_down.Address, _down.Length) + (_reach * Lanes));

    public void Dispose()
    {
        _reach = 0;
        _rows.Dispose();
        _up.Dispose();
        _down.Dispose();
    }

    /// <summary>The tables as kernels read them: each pointer stands at relative position 0, and negative offsets are meant.</summary>
    /// <param name="Last">The last row of the relative embeddings; the reversed row of a position is this minus its row.</param>
    /// <param name="Rows">The row of each position.</param>
    /// <param name="Up">Sixteen bytes a position r: row(r + lane) - row(r).</param>
    /// <param name="Down">Sixteen bytes a position r: row(r) - row(r - lane).</param>
    public readonly record struct View(int Last, Pointer<ushort> Rows, Pointer<byte> Up, Pointer<byte> Down);
}
