namespace Picket.Compute;

/// <summary>Memory for <see cref="DisentangledAttention"/>: grows to the longest sequence met and is then reused. One pass at a time.</summary>
/// <param name="buckets">The model's buckets.</param>
public sealed class AttentionScratch(LogBuckets buckets) : IDisposable
{
    private AttentionPiece[] _pieces = new AttentionPiece[64];
    private AttentionWorker[] _workers = [];

    internal RelativePositions Positions { get; } = new(buckets);

    /// <summary>The pieces, longest first.</summary>
    internal ReadOnlySpan<AttentionPiece> Pieces => _pieces.AsSpan(0, Count);

    internal int Count { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Positions.Dispose();
        foreach (AttentionWorker worker in _workers)
        {
            worker.Dispose();
        }
    }

    internal AttentionWorker Worker(int worker) => _workers[worker];

    /// <summary>Lists the pieces of a pass and makes ready what they need.</summary>
    internal void Prepare(int threads, ReadOnlySpan<int> starts, int heads, int queries)
    {
        long cost = 0;
        int longest = 0;
        for (int i = 0; i < starts.Length - 1; i++)
        {
            long length = starts[i + 1] - starts[i];
            cost += length * Math.Min(queries, length);
            longest = Math.Max(longest, (int)length);
        }

        Positions.Cover(longest);
        while (_workers.Length < threads)
        {
            _workers = [.. _workers, new AttentionWorker()];
        }

        Count = 0;
        long most = Math.Max(1, cost * heads / (threads * 4L));
        for (int i = 0; i < starts.Length - 1; i++)
        {
            AddSequence(starts[i], starts[i + 1] - starts[i], heads, queries, most);
        }

        // The long ones first, so that no thread begins one when the others are done.
        _pieces.AsSpan(0, Count).Sort(static (left, right) => right.Cost.CompareTo(left.Cost));
    }

    private void AddSequence(int start, int length, int heads, int queries, long most)
    {
        // Packing a head's keys and values costs about what a block of rows does: pieces below two blocks would mostly pack.
        int rows = Math.Min(queries, length);
        int wanted = (int)Math.Clamp(most / Math.Max(1, length), 2 * AttentionWorker.RowBlock, int.MaxValue / 2);
        int size = (wanted + AttentionWorker.RowBlock - 1) / AttentionWorker.RowBlock * AttentionWorker.RowBlock;
        for (int head = 0; head < heads; head++)
        {
            for (int row = 0; row < rows; row += size)
            {
                if (Count == _pieces.Length)
                {
                    Array.Resize(ref _pieces, 2 * Count);
                }

                _pieces[Count++] = new AttentionPiece(start, length, head, row, Math.Min(size, rows - row));
            }
        }
    }
}

/// <summary>What one thread does at once: some rows of one head of one sequence.</summary>
/// <param name="Start">The sequence's first row in the batch.</param>
/// <param name="Length">Its tokens.</param>
/// <param name="Head">The head.</param>
/// <param name="Row">The first query, counted in the sequence.</param>
/// <param name="Rows">Queries.</param>
internal readonly record struct AttentionPiece(int Start, int Length, int Head, int Row, int Rows)
{
    public long Cost => (long)Length * Rows;
}
