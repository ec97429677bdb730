namespace Picket.Compute;

/// <summary>Self-attention with relative positions as DeBERTa has it (He et al. 2021, "DeBERTa", section 3.1, equation 4).</summary>
public static class DisentangledAttention
{
    /// <summary>
    /// For each sequence and head, with r the row that i - j falls into (<see cref="LogBuckets.Row"/>): output = softmax over j of
    /// ((q_i · k_j + q_i · PK_r + k_j · PQ_r) / sqrt(3 head size)), times the values.
    /// </summary>
    /// <remarks>
    /// On all of the context's threads. Nothing is padded, and no sequence's result depends on its neighbours. The released code and not
    /// equation 4 decides what r is for the third term: it is the same r for both.
    /// </remarks>
    /// <param name="context">Threads and instruction set.</param>
    /// <param name="projections">tokens x 3 hidden: queries, keys and values side by side, heads side by side in each.</param>
    /// <param name="starts">The first row of each sequence, then the number of rows: one more than there are sequences.</param>
    /// <param name="positions">The layer's projected relative embeddings.</param>
    /// <param name="output">tokens x hidden; overwritten, in the rows of the queries.</param>
    /// <param name="scratch">Memory; one pass at a time may use it.</param>
    /// <param name="queries">How many tokens of each sequence, from the first one, look at the others; the other rows stay as they were.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static void Apply(
        ComputeContext context,
        Matrix<float> projections,
        ReadOnlySpan<int> starts,
        PositionPanels positions,
        Matrix<float> output,
        AttentionScratch scratch,
        int queries = int.MaxValue)
    {
        bool fits = projections.Columns == 3 * output.Columns && projections.Rows == output.Rows && output.Columns % positions.Heads == 0
            && starts.Length > 0 && starts[^1] <= output.Rows && scratch.Positions.Buckets.Positions == positions.Positions;
        if (!fits)
        {
            throw new ArgumentException(
                $"expected tokens x 3 hidden and tokens x hidden for {positions.Heads} heads, found {projections.Rows} x {projections.Columns} and "
                + $"{output.Rows} x {output.Columns}; or other positions than the scratch memory's",
                nameof(output));
        }

        scratch.Prepare(context.Threads, starts, positions.Heads, queries);
        context.Run(scratch.Count, new Work(context.Simd, projections, positions, output, scratch));
    }

    private readonly struct Work(
        SimdLevel simd, Matrix<float> projections, PositionPanels positions, Matrix<float> output, AttentionScratch scratch) : IWork
    {
        public void Execute(int piece, int worker)
        {
            AttentionPiece place = scratch.Pieces[piece];
            Matrix<float> rows = projections.SliceRows(place.Start, place.Length);
            int width = output.Columns / positions.Heads;
            int column = place.Head * width;
            scratch.Worker(worker).Attend(
                new AttentionHead(
                    simd,
                    rows.SliceColumns(column, width),
                    rows.SliceColumns(output.Columns + column, width),
                    rows.SliceColumns((2 * output.Columns) + column, width),
                    place.Head,
                    scratch.Positions),
                positions,
                place.Row,
                output.Slice(place.Start + place.Row, place.Rows, column, width));
        }
    }
}

/// <summary>What one head of one sequence reads.</summary>
/// <param name="Simd">The widest vectors to use.</param>
/// <param name="Queries">length x head size.</param>
/// <param name="Keys">length x head size.</param>
/// <param name="Values">length x head size.</param>
/// <param name="Number">Which head of the layer it is.</param>
/// <param name="Positions">Which position a pair of tokens has.</param>
internal readonly record struct AttentionHead(
    SimdLevel Simd,
    Matrix<float> Queries,
    Matrix<float> Keys,
    Matrix<float> Values,
    int Number,
    RelativePositions Positions);
