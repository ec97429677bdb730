using Picket.Compute.Products;

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
    /// <param name="context">Threads to pack with; by default the caller packs alone.</param>
    /// <exception cref="ArgumentException">The shapes differ or do not divide.</exception>
    public ShortPositionPanels(Matrix<float> queries, Matrix<float> keys, int heads, ComputeContext? context = null)
        : base(queries, keys, heads)
    {
        _headColumns = (Positions + ShortPanels.Width - 1) / ShortPanels.Width * ShortPanels.Width;
        using var memory = new MatrixBuffer<float>();
        Matrix<float> stacked = memory.Shape(2 * heads * _headColumns, HeadSize);
        LinearParts.Run(context, heads, new Stacking(this, queries, keys, stacked));
        Panels.PackTransposed(stacked, context);
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

    private readonly struct Stacking(ShortPositionPanels panels, Matrix<float> queries, Matrix<float> keys, Matrix<float> stacked) : IWork
    {
        public void Execute(int piece, int worker)
        {
            Copy(panels.OfHead(queries, piece), panels.FirstQuery(piece), reversed: false);
            Copy(panels.OfHead(keys, piece), panels.FirstReversedKey(piece), reversed: true);
        }

        private void Copy(Matrix<float> source, int first, bool reversed)
        {
            for (int row = 0; row < panels._headColumns; row++)
            {
                Span<float> target = stacked[first + row];
                if (row < source.Rows)
                {
                    source[reversed ? source.Rows - 1 - row : row].CopyTo(target);
                }
                else
                {
                    target.Clear();
                }
            }
        }
    }
}
