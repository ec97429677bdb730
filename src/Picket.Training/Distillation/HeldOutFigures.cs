using Picket.Evaluation;
using Picket.Training.DebertaV2;
using Picket.Training.NGram;
using Picket.Training.Optimisation;

namespace Picket.Training.Distillation;

/// <summary>What held-out rows say of a student.</summary>
/// <param name="rows">The rows; both classes occur.</param>
/// <param name="objective">The student.</param>
/// <param name="settings">How much a pass may take: no more than one of the training.</param>
internal sealed class HeldOutFigures(LabelledTokens[] rows, ClassificationObjective objective, TrainingSettings settings)
{
    /// <summary>AUPRC, F1 and false-positive rate at 0.5, and the loss that the training makes smaller, all before calibration.</summary>
    public IReadOnlyDictionary<string, double> Compute(CancellationToken cancellationToken)
    {
        double[] margins = Margins(cancellationToken);
        double loss = margins.Zip(rows, static (margin, row) => Logistic.SoftPlus(margin) - (row.Target * margin) - row.Constant).Average();
        var figures = new Dictionary<string, double>(StringComparer.Ordinal) { ["loss"] = loss };
        if (Array.TrueForAll(margins, double.IsFinite))
        {
            GuardMetrics metrics = GuardMetrics.Compute(
                Scored(margins, new Calibration(1, 0)), new MetricsOptions { Resamples = 0 }, cancellationToken);
            figures["auprc"] = metrics.Auprc!.Value;
            figures["f1"] = metrics.F1!.Value;
            figures["fpr"] = metrics.FalsePositiveRate!.Value;
        }

        return figures;
    }

    /// <summary>The finished student: temperature and offset, fitted on the rows if wanted, and the figures under them.</summary>
    /// <param name="name">What the rows are, for a model card.</param>
    /// <param name="calibrate">Whether they are fitted.</param>
    /// <param name="cancellationToken">Stops between passes.</param>
    public (Calibration Calibration, CardMetrics Metrics) Finish(string name, bool calibrate, CancellationToken cancellationToken)
    {
        double[] margins = Margins(cancellationToken);
        Calibration calibration = calibrate
            ? Calibration.Fit([.. margins.Zip(rows, static (margin, row) => ((float)margin, row.Unsafe))])
            : new Calibration(1, 0);
        var source = new DataSource(name, "", rows.Length, rows.Count(static row => row.Unsafe));
        return (calibration, CardMetrics.Of(source, Scored(margins, calibration), cancellationToken));
    }

    // Each row's logit of unsafe less that of safe.
    private double[] Margins(CancellationToken cancellationToken)
    {
        double[] margins = new double[rows.Length];
        int longest = rows.Max(static row => row.Tokens.Length);
        int mostTokens = (int)Math.Min(settings.ChunkTokens, (long)longest * settings.ChunkSize);
        foreach (int[] chunk in Chunks.Cut([.. Enumerable.Range(0, rows.Length)], row => rows[row].Tokens.Length, rows.Length, mostTokens))
        {
            cancellationToken.ThrowIfCancellationRequested();
            double[] found = objective.Margins([.. chunk.Select(row => rows[row])]);
            for (int i = 0; i < chunk.Length; i++)
            {
                margins[chunk[i]] = found[i];
            }
        }

        return margins;
    }

    private ScoredLabel[] Scored(double[] margins, Calibration calibration) =>
    [
        .. margins.Zip(rows, (margin, row) =>
            new ScoredLabel(1 / (1 + Math.Exp(-((margin / calibration.Temperature) + calibration.Offset))), row.Unsafe)),
    ];
}
