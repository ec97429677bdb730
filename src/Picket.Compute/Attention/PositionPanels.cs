namespace Picket.Compute;

/// <summary>
/// One layer's relative positions as keys and as queries for <see cref="DisentangledAttention"/>: projected once, packed head by head. Their
/// format is that of all of the layer's attention.
/// </summary>
/// <remarks>
/// The keys lie in reversed order: for one query the relative position falls as the key's place rises, and so its row rises with the key
/// and neighbouring keys read neighbouring columns.
/// </remarks>
public abstract class PositionPanels : IDisposable
{
    private protected PositionPanels(Matrix<float> queries, Matrix<float> keys, int heads)
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
        HeadSize = keys.Columns / heads;
    }

    /// <summary>Heads.</summary>
    public int Heads { get; }

    /// <summary>Rows of the relative embeddings.</summary>
    public int Positions { get; }

    private protected int HeadSize { get; }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>A worker's products, made ready for a head.</summary>
    internal abstract IHeadProducts Take(AttentionWorker worker, in AttentionHead head);

    private protected Matrix<float> OfHead(Matrix<float> all, int head) => all.SliceColumns(head * HeadSize, HeadSize);

    private protected static void Reverse(Matrix<float> source, Matrix<float> target)
    {
        for (int row = 0; row < source.Rows; row++)
        {
            source[row].CopyTo(target[source.Rows - 1 - row]);
        }
    }
}
