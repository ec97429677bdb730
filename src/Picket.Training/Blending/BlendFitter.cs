using Picket.Evaluation;

namespace Picket.Training.Blending;

/// <summary>Fits the weights of a blend: logistic regression of the labels on the members' logits.</summary>
public static class BlendFitter
{
    /// <summary>Parts of the cross-validation.</summary>
    public const int Folds = 5;

    /// <summary>Fits on all rows, and tells by cross-validation what the fit is worth on rows that it has not seen.</summary>
    /// <param name="rows">Rows that no member learned from. The same rows give the same fit.</param>
    /// <param name="cancellationToken">Stops between Newton steps.</param>
    /// <exception cref="PicketException">A class is missing, in all rows or in those that are left without one part.</exception>
    /// <exception cref="ArgumentException">The rows do not have the same number of logits each, all of them finite.</exception>
    public static BlendFit Fit(IReadOnlyList<BlendRow> rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int[] folds = AssignFolds([.. rows.Select(static row => (row.Prompt, row.Unsafe))]);
        int members = rows[0].Logits.Count;
        if (rows.Any(row => row.Logits.Count != members || !row.Logits.All(double.IsFinite)))
        {
            throw new ArgumentException($"expected {members} finite logits in every row", nameof(rows));
        }

        double[] logits = new double[rows.Count];
        for (int fold = 0; fold < Folds; fold++)
        {
            BlendRow[] others = [.. rows.Where((_, i) => folds[i] != fold)];
            var without = BlendRegression.Fit(others, members, cancellationToken);
            for (int i = 0; i < rows.Count; i++)
            {
                logits[i] = folds[i] == fold ? without.Logit(rows[i]) : logits[i];
            }
        }

        var fit = BlendRegression.Fit(rows, members, cancellationToken);
        return new BlendFit(
            fit.Weights,
            fit.Offset,
            fit.LeftOut,
            [.. Enumerable.Range(0, members).Select(member => Figures([.. rows.Select(row => row.Logits[member])], rows, cancellationToken))],
            Figures(logits, rows, cancellationToken),
            [.. logits.Select(Probability)]);
    }

    /// <summary>The part that each row is in, by a hash of its prompt; found out before rows are scored at length.</summary>
    /// <exception cref="PicketException">As <see cref="Fit"/>.</exception>
    internal static int[] AssignFolds(IReadOnlyList<(string Prompt, bool Unsafe)> rows)
    {
        int[] folds = [.. rows.Select(static row => HeldOut.Fold(row.Prompt, Folds))];
        for (int fold = -1; fold < Folds; fold++)
        {
            bool[] left = [.. rows.Where((_, i) => folds[i] != fold).Select(static row => row.Unsafe)];
            if (!left.Contains(true) || !left.Contains(false))
            {
                string part = fold < 0 ? "" : $" without one part of {Folds}";
                throw new PicketException($"expected safe and unsafe rows to blend on in {rows.Count} rows{part}, found one class; give more data");
            }
        }

        return folds;
    }

    private static BlendFigures Figures(IReadOnlyList<double> logits, IReadOnlyList<BlendRow> rows, CancellationToken cancellationToken)
    {
        GuardMetrics metrics = GuardMetrics.Compute(
            [.. logits.Zip(rows, static (logit, row) => new ScoredLabel(Probability(logit), row.Unsafe))],
            new MetricsOptions { Resamples = 0 },
            cancellationToken);
        return new BlendFigures(
            logits.Zip(rows, static (logit, row) => Logistic.CrossEntropy(logit, row.Unsafe)).Average(), metrics.Auprc!.Value);
    }

    private static double Probability(double logit) => 1 / (1 + Math.Exp(-logit));
}
