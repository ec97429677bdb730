using Picket.Training.Autograd;
using Picket.Training.Optimisation;

namespace Picket.Training.DebertaV2;

/// <summary>Cross-entropy of a classifier to the rows' targets.</summary>
/// <param name="model">A model with <see cref="DebertaV2Head.Classifier"/> and two classes.</param>
public sealed class ClassificationObjective(TrainableDebertaV2 model) : IObjective<LabelledTokens>
{
    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters => model.Parameters;

    /// <inheritdoc/>
    public int Tokens(LabelledTokens row) => row.Tokens.Length;

    /// <inheritdoc/>
    public double Accumulate(IReadOnlyList<LabelledTokens> rows, float share, ulong seed)
    {
        model.Tape.Begin(training: true, seed);
        double loss = model.Tape.BinaryCrossEntropy(Logits(rows), [.. rows.Select(static row => row.Target)], share);
        model.Tape.Backward();
        return loss - rows.Average(static row => row.Constant);
    }

    /// <summary>The difference of the logits, unsafe less safe, of each row, without dropout.</summary>
    /// <param name="rows">At least one; together they fit in memory at once.</param>
    public double[] Margins(IReadOnlyList<LabelledTokens> rows)
    {
        model.Tape.Begin(training: false);
        Variable logits = Logits(rows);
        return [.. Enumerable.Range(0, rows.Count).Select(row => (double)logits.Value[row][1] - logits.Value[row][0])];
    }

    private Variable Logits(IReadOnlyList<LabelledTokens> rows)
    {
        TokenBatch batch = TokenBatch.Of([.. rows.Select(static row => row.Tokens)]);
        return model.Logits(batch, batch.FirstRows);
    }
}
