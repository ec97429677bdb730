namespace Picket.Compute;

/// <summary>
/// Disentangled attention (<see cref="DisentangledAttention"/>) with its backward pass: probabilities are kept between the two, dropped out
/// as Hugging Face does after the softmax.
/// </summary>
/// <remarks>
/// Deterministic whatever the number of threads: what a head's gradients of positions are summed from, and in which order, depends on the
/// batch alone. One pass at a time.
/// </remarks>
/// <param name="buckets">The model's buckets.</param>
/// <param name="heads">Heads that the hidden columns fall into.</param>
public sealed class TrainableAttention(LogBuckets buckets, int heads) : IDisposable
{
    private readonly AttentionScratch _scratch = new(buckets);
    private readonly AttentionBatch _batch = new(heads);
    private readonly ForwardPositions _positions = new(heads);
    private readonly AttentionBackward _backward = new(buckets, heads);
    private ForwardProducts[] _products = [];

    /// <summary>Floats that the probabilities of a batch take: heads x the sum of the squared lengths.</summary>
    /// <param name="starts">The first row of each sequence, then the number of rows.</param>
    public int ProbabilityCount(ReadOnlySpan<int> starts)
    {
        long count = 0;
        for (int i = 0; i < starts.Length - 1; i++)
        {
            long length = starts[i + 1] - starts[i];
            count += heads * length * length;
        }

        return checked((int)count);
    }

    /// <summary>The rows of the relative embeddings that sequences of up to <paramref name="length"/> meet.</summary>
    public (int First, int Count) PositionRange(int length)
    {
        int first = buckets.Row(-(length - 1));
        return (first, buckets.Row(length - 1) - first + 1);
    }

    /// <summary>
    /// output = dropout(softmax over j of ((q_i · k_j + q_i · PK_r + k_j · PQ_r) / sqrt(3 head size))) values, r = row(i - j).
    /// </summary>
    /// <param name="context">Threads and instruction set.</param>
    /// <param name="operands">What is multiplied.</param>
    /// <param name="starts">The first row of each sequence, then the number of rows.</param>
    /// <param name="dropout">Of the probabilities; row = the row's place in <paramref name="probabilities"/>, counted over all sequences and heads.</param>
    /// <param name="probabilities">1 x <see cref="ProbabilityCount"/>; receives them before dropout, sequence by sequence, head by head, row by row.</param>
    /// <param name="output">tokens x hidden; overwritten.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a sequence meets a position that is not there.</exception>
    public void Forward(
        ComputeContext context,
        in AttentionOperands operands,
        ReadOnlySpan<int> starts,
        Dropout dropout,
        Matrix<float> probabilities,
        Matrix<float> output)
    {
        Take(operands, starts, probabilities, output);
        _scratch.Prepare(context.Threads, starts, heads, int.MaxValue);
        _positions.Pack(context, operands, _scratch.Positions, _batch.Longest);
        while (_products.Length < context.Threads)
        {
            _products = [.. _products, new ForwardProducts()];
        }

        context.Run(_scratch.Count, new Work(context.Simd, this, operands, dropout, probabilities, output));
    }

    /// <summary>The gradients of all five operands, added to what is there.</summary>
    /// <param name="context">Threads and instruction set.</param>
    /// <param name="operands">As in the forward pass.</param>
    /// <param name="starts">As in the forward pass.</param>
    /// <param name="dropout">As in the forward pass.</param>
    /// <param name="probabilities">What the forward pass left.</param>
    /// <param name="outputGradient">tokens x hidden.</param>
    /// <param name="gradients">Of the shapes of <paramref name="operands"/>.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a sequence meets a position that is not there.</exception>
    public void Backward(
        ComputeContext context,
        in AttentionOperands operands,
        ReadOnlySpan<int> starts,
        Dropout dropout,
        Matrix<float> probabilities,
        Matrix<float> outputGradient,
        in AttentionOperands gradients)
    {
        Take(gradients, starts, probabilities, outputGradient);
        Take(operands, starts, probabilities, outputGradient);
        _backward.Run(context, operands, _batch, dropout, probabilities, outputGradient, gradients);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _scratch.Dispose();
        _positions.Dispose();
        _backward.Dispose();
        foreach (ForwardProducts products in _products)
        {
            products.Dispose();
        }
    }

    private void Take(in AttentionOperands operands, ReadOnlySpan<int> starts, Matrix<float> probabilities, Matrix<float> output)
    {
        _batch.Take(starts);
        (int first, int count) = PositionRange(Math.Max(1, _batch.Longest));
        bool fits = output.Columns % heads == 0 && starts[^1] <= output.Rows
            && HaveShape(output.Rows, output.Columns, operands.Queries, operands.Keys, operands.Values)
            && HaveShape(operands.PositionKeys.Rows, output.Columns, operands.PositionKeys, operands.PositionQueries)
            && operands.FirstPosition <= first && operands.FirstPosition + operands.PositionKeys.Rows >= first + count
            && probabilities.Rows == 1 && probabilities.Columns >= ProbabilityCount(starts);
        if (!fits)
        {
            throw new ArgumentException(
                $"expected five operands of {output.Columns} columns for {heads} heads, {output.Rows} tokens, positions {first} to "
                + $"{first + count - 1} and 1 x {ProbabilityCount(starts)} probabilities, found {operands.Queries.Rows} x {operands.Queries.Columns} "
                + $"queries, {operands.PositionKeys.Rows} positions from {operands.FirstPosition} and {probabilities.Columns} probabilities",
                nameof(operands));
        }
    }

    private static bool HaveShape(int rows, int columns, params ReadOnlySpan<Matrix<float>> matrices)
    {
        foreach (Matrix<float> matrix in matrices)
        {
            if (matrix.Rows != rows || matrix.Columns != columns)
            {
                return false;
            }
        }

        return true;
    }

    private readonly struct Work(
        SimdLevel simd,
        TrainableAttention attention,
        AttentionOperands operands,
        Dropout dropout,
        Matrix<float> probabilities,
        Matrix<float> output) : IWork
    {
        public void Execute(int piece, int worker)
        {
            AttentionPiece place = attention._scratch.Pieces[piece];
            int width = output.Columns / attention._positions.Heads;
            int column = place.Head * width;
            AttentionSequence sequence = attention._batch.At(place.Start, place.Length);
            var head = new AttentionHead(
                simd,
                operands.Queries.Slice(place.Start, place.Length, column, width),
                operands.Keys.Slice(place.Start, place.Length, column, width),
                operands.Values.Slice(place.Start, place.Length, column, width),
                place.Head,
                attention._scratch.Positions);
            ForwardProducts products = attention._products[worker];
            products.Take(head, attention._positions, dropout, probabilities, sequence.OfHead(place.Head), place.Row);
            attention._scratch.Worker(worker).Attend(
                head, products, place.Row, output.Slice(place.Start + place.Row, place.Rows, column, width));
        }
    }
}
