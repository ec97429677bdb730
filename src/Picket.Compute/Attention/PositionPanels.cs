namespace Picket.Compute;

/// <summary>One layer's relative positions as keys and as queries for <see cref="DisentangledAttention"/>: projected once, packed head by head.</summary>
/// <remarks>
/// The keys lie in reversed order: for one query the relative position falls as the key's place rises, and so its row rises with the key
/// and neighbouring keys read neighbouring columns.
/// </remarks>
public sealed class PositionPanels : IDisposable
{
    private readonly AlignedBuffer<float> _memory;
    private readonly int _headSize;
    private readonly long _headLength;

    /// <summary>Packs the projected relative embeddings.</summary>
    /// <param name="queries">positions x hidden: through the layer's query projection, bias included.</param>
    /// <param name="keys">positions x hidden: through the layer's key projection, bias included.</param>
    /// <param name="heads">Heads that the hidden columns fall into.</param>
    /// <exception cref="ArgumentException">The shapes differ or do not divide.</exception>
    public PositionPanels(Matrix<float> queries, Matrix<float> keys, int heads)
    {
        if (queries.Rows != keys.Rows || queries.Columns != keys.Columns || heads < 1 || keys.Columns % heads != 0)
        {
            throw new ArgumentException(
                $"expected two matrices of one shape with columns for {heads} heads, found {queries.Rows} x {queries.Columns} and "
                + $"{keys.Rows} x {keys.Columns}",
                nameof(keys));
        }

        Heads = heads;
        Positions = keys.Rows;
        _headSize = keys.Columns / heads;
        _headLength = Panels.Length(_headSize, Positions);
        _memory = new AlignedBuffer<float>(2 * heads * _headLength);
        using var reversed = new MatrixBuffer<float>();
        Matrix<float> turned = reversed.Shape(Positions, _headSize);
        for (int head = 0; head < heads; head++)
        {
            Queries(head).PackTransposed(queries.SliceColumns(head * _headSize, _headSize));
            Matrix<float> source = keys.SliceColumns(head * _headSize, _headSize);
            for (int row = 0; row < Positions; row++)
            {
                source[row].CopyTo(turned[Positions - 1 - row]);
            }

            ReversedKeys(head).PackTransposed(turned);
        }
    }

    /// <summary>Heads.</summary>
    public int Heads { get; }

    /// <summary>Rows of the relative embeddings.</summary>
    public int Positions { get; }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    /// <summary>PQᵀ of a head: head size x positions.</summary>
    internal Panels Queries(int head) => new(_memory, _headSize, Positions, 2 * head * _headLength);

    /// <summary>PKᵀ of a head, the last position first: head size x positions.</summary>
    internal Panels ReversedKeys(int head) => new(_memory, _headSize, Positions, ((2 * head) + 1) * _headLength);
}
