using Picket.Compute.Products;

namespace Picket.Compute;

/// <summary>Relative positions of a layer whose attention is computed in floats.</summary>
public sealed class FloatPositionPanels : PositionPanels
{
    private readonly AlignedBuffer<float> _memory;
    private readonly long _headLength;

    /// <summary>Packs the projected relative embeddings.</summary>
    /// <param name="queries">positions x hidden: through the layer's query projection, bias included.</param>
    /// <param name="keys">positions x hidden: through the layer's key projection, bias included.</param>
    /// <param name="heads">Heads that the hidden columns fall into.</param>
    /// <param name="context">Threads to pack with; by default the caller packs alone.</param>
    /// <exception cref="ArgumentException">The shapes differ or do not divide.</exception>
    public FloatPositionPanels(Matrix<float> queries, Matrix<float> keys, int heads, ComputeContext? context = null)
        : base(queries, keys, heads)
    {
        _headLength = Panels.Length(HeadSize, Positions);
        _memory = new AlignedBuffer<float>(2 * heads * _headLength);
        using var reversed = new MatrixBuffer<float>();
        Matrix<float> turned = reversed.Shape((context?.Threads ?? 1) * Positions, HeadSize);
        LinearParts.Run(context, heads, new Packing(this, queries, keys, turned));
    }

    /// <inheritdoc/>
    public override void Dispose() => _memory.Dispose();

    internal override IHeadProducts Take(AttentionWorker worker, in AttentionHead head) =>
        worker.Floats.Take(head, Queries(head.Number), ReversedKeys(head.Number));

    // PQᵀ of a head, and PKᵀ with the last position first: head size x positions.
    private Panels Queries(int head) => new(_memory, HeadSize, Positions, 2 * head * _headLength);

    private Panels ReversedKeys(int head) => new(_memory, HeadSize, Positions, ((2 * head) + 1) * _headLength);

    private readonly struct Packing(FloatPositionPanels panels, Matrix<float> queries, Matrix<float> keys, Matrix<float> turned) : IWork
    {
        public void Execute(int piece, int worker)
        {
            panels.Queries(piece).PackTransposed(panels.OfHead(queries, piece));
            Matrix<float> target = turned.SliceRows(worker * panels.Positions, panels.Positions);
            Reverse(panels.OfHead(keys, piece), target);
            panels.ReversedKeys(piece).PackTransposed(target);
        }
    }
}
