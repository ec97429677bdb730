namespace Picket.Compute;

/// <summary>Relative positions of a layer whose attention is computed in 16-bit numbers: that of an int8 model.</summary>
/// <remarks>Near lossless, see <see cref="ShortGemm"/>, and half the memory of <see cref="FloatPositionPanels"/>.</remarks>
public sealed class ShortPositionPanels : PositionPanels
{
    // Every head begins with a panel of its own.
    private readonly int _headColumns;

    /// <summary>Packs the projected relative embeddings.</summary>
    /// <param name="queries">positions x hidden: through the layer's query projection, bias included.</param>
    /// <param name="keys">positions x hidden: through the layer's key projection, bias included.</param>
    /// <param name="heads">Heads that the hidden columns fall into.</param>
    /// <exception cref="ArgumentException">The shapes differ or do not divide.</exception>
    public ShortPositionPanels(Matrix<float> queries, Matrix<float> keys, int heads)
        : base(queries, keys, heads)
    {
        _headColumns = (Positions + ShortPanels.Width - 1) / ShortPanels.Width * ShortPanels.Width;
        using var memory = new MatrixBuffer<float>();
        Matrix<float> stacked = memory.Shape(2 * heads * _headColumns, HeadSize);
        for (int row = 0; row < stacked.Rows; row++)
        {
            stacked[row].Clear();
        }

        for (int head = 0; head < heads; head++)
        {
            Reverse(OfHead(keys, head), stacked.SliceRows(FirstReversedKey(head), Positions));
            Matrix<float> source = OfHead(queries, head);
            for (int row = 0; row < Positions; row++)
            {
                source[row].CopyTo(stacked[FirstQuery(head) + row]);
            }
        }

        Panels.PackTransposed(stacked);
    }

    /// <summary>All heads' PQᵀ and PKᵀ side by side: head size x columns.</summary>
    internal ShortPanels Panels { get; } = new();

    /// <inheritdoc/>
    public override void Dispose() => Panels.Dispose();

    /// <summary>The column where a head's PQᵀ begins.</summary>
    internal int FirstQuery(int head) => 2 * head * _headColumns;

    /// <summary>The column where a head's PKᵀ begins, with the last position.</summary>
    internal int FirstReversedKey(int head) => ((2 * head) + 1) * _headColumns;

    internal override IHeadProducts Take(AttentionWorker worker, in AttentionHead head) => worker.Shorts.Take(head, this);
}
