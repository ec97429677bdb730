namespace Picket.Compute;

/// <summary>
/// Disentangled attention (<see cref="DisentangledAttention"/>) with its backward pass: probabilities are kept between the two, dropped out
/// as Hugging Face does after the softmax.
/// </summary>
/// <remarks>
/// Deterministic whatever the number of threads: a head's gradients of positions are summed over the sequences in order. One pass at a time.
/// </remarks>
/// <param name="buckets">The model's buckets.</param>
/// <param name="heads">Heads that the hidden columns fall into.</param>
public sealed class TrainableAttention(LogBuckets buckets, int heads) : IDisposable
{
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
    public void Forward(
        ComputeContext context,
        in AttentionOperands operands,
        ReadOnlySpan<int> starts,
        Dropout dropout,
        Matrix<float> probabilities,
        Matrix<float> output)
    {
        int width = output.Columns / heads;
        float factor = 1 / MathF.Sqrt(3f * width);
        int place = 0;
        long row = 0;
        for (int s = 0; s < starts.Length - 1; s++)
        {
            int length = starts[s + 1] - starts[s];
            for (int head = 0; head < heads; head++)
            {
                for (int i = 0; i < length; i++, row++, place += length)
                {
                    Span<float> scores = probabilities[0].Slice(place, length);
                    ReadOnlySpan<float> query = operands.Queries[starts[s] + i].Slice(head * width, width);
                    for (int j = 0; j < length; j++)
                    {
                        ReadOnlySpan<float> key = operands.Keys[starts[s] + j].Slice(head * width, width);
                        int position = buckets.Row(i - j) - operands.FirstPosition;
                        ReadOnlySpan<float> positionKey = operands.PositionKeys[position].Slice(head * width, width);
                        ReadOnlySpan<float> positionQuery = operands.PositionQueries[position].Slice(head * width, width);
                        scores[j] = Dot(query, key) + Dot(query, positionKey) + Dot(key, positionQuery);
                    }

                    Elementwise.Softmax(context.Simd, scores, factor);
                    float[] dropped = scores.ToArray();
                    dropout.Apply(dropped, row);
                    Span<float> target = output[starts[s] + i].Slice(head * width, width);
                    target.Clear();
                    for (int j = 0; j < length; j++)
                    {
                        Kernels.AddScaled(target, operands.Values[starts[s] + j].Slice(head * width, width), dropped[j]);
                    }
                }
            }
        }
    }

    /// <summary>The gradients of all five operands, added to what is there.</summary>
    /// <param name="context">Threads and instruction set.</param>
    /// <param name="operands">As in the forward pass.</param>
    /// <param name="starts">As in the forward pass.</param>
    /// <param name="dropout">As in the forward pass.</param>
    /// <param name="probabilities">What the forward pass left.</param>
    /// <param name="outputGradient">tokens x hidden.</param>
    /// <param name="gradients">Of the shapes of <paramref name="operands"/>.</param>
    public void Backward(
        ComputeContext context,
        in AttentionOperands operands,
        ReadOnlySpan<int> starts,
        Dropout dropout,
        Matrix<float> probabilities,
        Matrix<float> outputGradient,
        in AttentionOperands gradients)
    {
        int width = outputGradient.Columns / heads;
        float factor = 1 / MathF.Sqrt(3f * width);
        int place = 0;
        long row = 0;
        for (int s = 0; s < starts.Length - 1; s++)
        {
            int length = starts[s + 1] - starts[s];
            for (int head = 0; head < heads; head++)
            {
                for (int i = 0; i < length; i++, row++, place += length)
                {
                    int column = head * width;
                    ReadOnlySpan<float> p = probabilities[0].Slice(place, length);
                    ReadOnlySpan<float> up = outputGradient[starts[s] + i].Slice(column, width);
                    float[] dropped = p.ToArray();
                    dropout.Apply(dropped, row);
                    float[] dp = new float[length];
                    for (int j = 0; j < length; j++)
                    {
                        dp[j] = Dot(up, operands.Values[starts[s] + j].Slice(column, width));
                        Kernels.AddScaled(gradients.Values[starts[s] + j].Slice(column, width), up, dropped[j]);
                    }

                    dropout.Apply(dp, row);
                    float mean = Dot(dp, p);
                    for (int j = 0; j < length; j++)
                    {
                        float slope = p[j] * (dp[j] - mean) * factor;
                        int position = buckets.Row(i - j) - operands.FirstPosition;
                        Span<float> query = gradients.Queries[starts[s] + i].Slice(column, width);
                        Span<float> key = gradients.Keys[starts[s] + j].Slice(column, width);
                        Kernels.AddScaled(query, operands.Keys[starts[s] + j].Slice(column, width), slope);
                        Kernels.AddScaled(query, operands.PositionKeys[position].Slice(column, width), slope);
                        Kernels.AddScaled(key, operands.Queries[starts[s] + i].Slice(column, width), slope);
                        Kernels.AddScaled(key, operands.PositionQueries[position].Slice(column, width), slope);
                        Kernels.AddScaled(
                            gradients.PositionKeys[position].Slice(column, width), operands.Queries[starts[s] + i].Slice(column, width), slope);
                        Kernels.AddScaled(
                            gradients.PositionQueries[position].Slice(column, width), operands.Keys[starts[s] + j].Slice(column, width), slope);
                    }
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        float sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }
}

/// <summary>What attention multiplies, or the gradients of that.</summary>
/// <param name="Queries">tokens x hidden, heads side by side; so are the others.</param>
/// <param name="Keys">tokens x hidden.</param>
/// <param name="Values">tokens x hidden.</param>
/// <param name="PositionQueries">positions x hidden: PQ, some rows of the projected relative embeddings.</param>
/// <param name="PositionKeys">positions x hidden: PK.</param>
/// <param name="FirstPosition">Which row of the relative embeddings the first of them is.</param>
public readonly record struct AttentionOperands(
    Matrix<float> Queries,
    Matrix<float> Keys,
    Matrix<float> Values,
    Matrix<float> PositionQueries,
    Matrix<float> PositionKeys,
    int FirstPosition);
