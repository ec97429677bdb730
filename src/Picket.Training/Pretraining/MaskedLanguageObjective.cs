using Picket.Training.Autograd;
using Picket.Training.DebertaV2;
using Picket.Training.Optimisation;

namespace Picket.Training.Pretraining;

/// <summary>Masked language modelling (Devlin et al. 2019, section 3.1): some tokens are hidden, and the loss is their cross-entropy.</summary>
/// <param name="model">A model with <see cref="DebertaV2Head.MaskedLanguage"/>.</param>
/// <param name="maskedShare">Share of tokens to be predicted; of those 80 % are masked, 10 % replaced by another token, 10 % left.</param>
/// <param name="maskToken">The id of [MASK].</param>
/// <param name="firstWord">Ids below it are special and never predicted.</param>
/// <param name="words">Ids from <paramref name="firstWord"/> to below this replace others.</param>
public sealed class MaskedLanguageObjective(TrainableDebertaV2 model, double maskedShare, int maskToken, int firstWord, int words)
    : IObjective<int[]>
{
    private const ulong EvaluationSeed = 1;

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters => model.Parameters;

    /// <inheritdoc/>
    public int Tokens(int[] row) => row.Length;

    /// <inheritdoc/>
    public double Accumulate(IReadOnlyList<int[]> rows, float share, ulong seed)
    {
        model.Tape.Begin(training: true, seed);
        double loss = Loss(rows, share, seed);
        model.Tape.Backward();
        return loss;
    }

    /// <summary>The mean loss of rows without dropout, with the same tokens hidden every time.</summary>
    /// <param name="rows">At least one; together they fit in memory at once.</param>
    public double Evaluate(IReadOnlyList<int[]> rows)
    {
        model.Tape.Begin(training: false);
        return Loss(rows, 1, EvaluationSeed);
    }

    private double Loss(IReadOnlyList<int[]> rows, float share, ulong seed)
    {
        TokenBatch batch = TokenBatch.Of(rows);
        var random = new Random(unchecked((int)(seed ^ (seed >> 32))));
        List<int> places = [];
        List<int> hidden = [];
        int[] tokens = batch.Tokens;
        for (int i = 0; i < tokens.Length; i++)
        {
            if (tokens[i] >= firstWord && random.NextDouble() < maskedShare)
            {
                Hide(i);
            }
        }

        if (places.Count == 0)
        {
            // A batch of a few short rows: the first word stands for the rest.
            Hide(Math.Max(0, Array.FindIndex(tokens, token => token >= firstWord)));
        }

        Variable logits = model.Logits(batch, [.. places]);
        return model.Tape.CrossEntropy(logits, hidden.ToArray(), share);

        void Hide(int place)
        {
            places.Add(place);
            hidden.Add(tokens[place]);
            double kind = random.NextDouble();
            tokens[place] = kind < 0.8 ? maskToken : kind < 0.9 ? random.Next(firstWord, words) : tokens[place];
        }
    }
}
