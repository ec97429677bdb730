using Picket.Compute;

namespace Picket.Models.DebertaV2;

/// <summary>One layer of the encoder: disentangled attention, then the feed-forward layer, each followed by residual and layer norm.</summary>
internal sealed class DebertaV2Layer : IDisposable
{
    private readonly Linear _projections;
    private readonly Linear _attentionOutput;
    private readonly Linear _intermediate;
    private readonly Linear _output;
    private readonly PositionPanels _positions;
    private readonly RowNorm _attentionNorm;
    private readonly RowNorm _outputNorm;

    /// <summary>Takes the parts over and disposes of them.</summary>
    public DebertaV2Layer(
        Linear projections,
        Linear attentionOutput,
        Linear intermediate,
        Linear output,
        PositionPanels positions,
        RowNorm attentionNorm,
        RowNorm outputNorm)
    {
        _projections = projections;
        _attentionOutput = attentionOutput;
        _intermediate = intermediate;
        _output = output;
        _positions = positions;
        _attentionNorm = attentionNorm;
        _outputNorm = outputNorm;
    }

    /// <summary>Replaces the vectors of all tokens, tokens x hidden.</summary>
    public void Apply(ComputeContext context, Matrix<float> hidden, ReadOnlySpan<int> starts, DebertaV2Scratch scratch) =>
        FeedForward(context, hidden, Attend(context, hidden, starts, scratch, int.MaxValue), scratch);

    /// <summary>
    /// For the last layer: replaces only the first token's vector of each sequence, which nothing but the classifier reads, and returns them,
    /// sequences x hidden, in the first rows of <paramref name="hidden"/>. Of a layer's products two thirds fall away.
    /// </summary>
    public Matrix<float> ApplyToFirst(ComputeContext context, Matrix<float> hidden, ReadOnlySpan<int> starts, DebertaV2Scratch scratch)
    {
        Matrix<float> attended = Attend(context, hidden, starts, scratch, 1);
        hidden = GatherFirst(hidden, starts);
        FeedForward(context, hidden, GatherFirst(attended, starts), scratch);
        return hidden;
    }

    /// <summary>Moves the first row of each sequence to the front: a row never moves past one that is still to move.</summary>
    public static Matrix<float> GatherFirst(Matrix<float> rows, ReadOnlySpan<int> starts)
    {
        for (int i = 0; i < starts.Length - 1; i++)
        {
            rows[starts[i]].CopyTo(rows[i]);
        }

        return rows.SliceRows(0, starts.Length - 1);
    }

    public void Dispose()
    {
        _projections.Dispose();
        _attentionOutput.Dispose();
        _intermediate.Dispose();
        _output.Dispose();
        _positions.Dispose();
    }

    private Matrix<float> Attend(ComputeContext context, Matrix<float> hidden, ReadOnlySpan<int> starts, DebertaV2Scratch scratch, int queries)
    {
        Matrix<float> projections = scratch.Wide(hidden.Rows, _projections.Outputs);
        Matrix<float> attended = scratch.Attended(hidden.Rows);
        _projections.Apply(context, hidden, projections, scratch.Linear);
        DisentangledAttention.Apply(context, projections, starts, _positions, attended, scratch.Attention, queries);
        return attended;
    }

    private void FeedForward(ComputeContext context, Matrix<float> hidden, Matrix<float> attended, DebertaV2Scratch scratch)
    {
        Matrix<float> sum = scratch.Sum(hidden.Rows);
        _attentionOutput.Apply(context, attended, sum, scratch.Linear);
        _attentionNorm.Add(context, sum, hidden);
        Matrix<float> inner = scratch.Wide(hidden.Rows, _intermediate.Outputs);
        _intermediate.Apply(context, hidden, inner, scratch.Linear, Activation.Gelu);
        _output.Apply(context, inner, sum, scratch.Linear);
        _outputNorm.Add(context, sum, hidden);
    }
}
