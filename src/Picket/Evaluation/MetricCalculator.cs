namespace Picket.Evaluation;

/// <summary>
/// Every metric in one pass over the groups of a <see cref="ScoreTable"/>. Sums run over distinct scores and integer counts, and a
/// group without rows adds nothing: a resample's figures are bit for bit those of its rows written out and computed afresh.
/// Not for several threads at once.
/// </summary>
internal sealed class MetricCalculator(ScoreTable table, double threshold)
{
    private readonly int _flaggedGroups = table.GroupsAtOrAbove(threshold);
    private readonly int[] _binOfGroup = [.. table.Scores.Select(score => ReliabilityBin.IndexOf(score, ReliabilityBin.BinCount))];
    private readonly double[] _binProbability = new double[ReliabilityBin.BinCount];
    private readonly long[] _binUnsafe = new long[ReliabilityBin.BinCount];

    /// <summary>Writes one value a <see cref="Metric"/>, NaN where it is not defined.</summary>
    public void Compute(ReadOnlySpan<int> counts, Span<double> values)
    {
        values.Fill(double.NaN);
        (long safeRows, long unsafeRows) = Totals(counts);
        if (safeRows == 0 || unsafeRows == 0)
        {
            OneClass(counts, safeRows, unsafeRows, values);
            return;
        }

        ClearBins();
        long truePositives = 0, falsePositives = 0, hits = 0, falseAlarms = 0, doubledWins = 0;
        double bestF1 = 0, bestThreshold = 0, weightedPrecision = 0, squaredError = 0, recallAt1 = 0, recallAt5 = 0;
        for (int group = 0; group < table.Scores.Length; group++)
        {
            int safe = counts[2 * group];
            int harmful = counts[(2 * group) + 1];
            if (safe + harmful == 0)
            {
                continue;
            }

            double score = table.Scores[group];
            truePositives += harmful;
            falsePositives += safe;
            doubledWins += harmful * ((2 * (safeRows - falsePositives)) + safe);
            weightedPrecision += harmful * (truePositives / (double)(truePositives + falsePositives));
            squaredError += (harmful * ((1 - score) * (1 - score))) + (safe * (score * score));
            double f1 = F1(truePositives, falsePositives, unsafeRows);
            if (f1 > bestF1)
            {
                (bestF1, bestThreshold) = (f1, score);
            }

            double falsePositiveRate = falsePositives / (double)safeRows;
            recallAt1 = falsePositiveRate <= 0.01 ? truePositives / (double)unsafeRows : recallAt1;
            recallAt5 = falsePositiveRate <= 0.05 ? truePositives / (double)unsafeRows : recallAt5;
            if (group < _flaggedGroups)
            {
                (hits, falseAlarms) = (truePositives, falsePositives);
            }

            int bin = _binOfGroup[group];
            _binProbability[bin] += (safe + harmful) * score;
            _binUnsafe[bin] += harmful;
        }

        double rows = safeRows + unsafeRows;
        values[(int)Metric.F1] = F1(hits, falseAlarms, unsafeRows);
        values[(int)Metric.Precision] = hits + falseAlarms == 0 ? double.NaN : hits / (double)(hits + falseAlarms);
        values[(int)Metric.Recall] = hits / (double)unsafeRows;
        values[(int)Metric.Accuracy] = (hits + safeRows - falseAlarms) / rows;
        values[(int)Metric.FalsePositiveRate] = falseAlarms / (double)safeRows;
        values[(int)Metric.BestF1] = bestF1;
        values[(int)Metric.BestF1Threshold] = bestThreshold;
        values[(int)Metric.Auprc] = weightedPrecision / unsafeRows;
        values[(int)Metric.Auroc] = doubledWins / (2.0 * safeRows * unsafeRows);
        values[(int)Metric.RecallAtFpr1] = recallAt1;
        values[(int)Metric.RecallAtFpr5] = recallAt5;
        values[(int)Metric.Ece] = CalibrationGap() / rows;
        values[(int)Metric.Brier] = squaredError / rows;
    }

    private static double F1(long truePositives, long falsePositives, long unsafeRows) =>
        2 * truePositives / (double)(truePositives + falsePositives + unsafeRows);

    private static (long Safe, long Unsafe) Totals(ReadOnlySpan<int> counts)
    {
        long safe = 0, harmful = 0;
        for (int slot = 0; slot < counts.Length; slot += 2)
        {
            safe += counts[slot];
            harmful += counts[slot + 1];
        }

        return (safe, harmful);
    }

    private void OneClass(ReadOnlySpan<int> counts, long safeRows, long unsafeRows, Span<double> values)
    {
        (long falseAlarms, long hits) = Totals(counts[..(2 * _flaggedGroups)]);
        if (safeRows > 0)
        {
            values[(int)Metric.FalsePositiveRate] = falseAlarms / (double)safeRows;
        }
        else if (unsafeRows > 0)
        {
            values[(int)Metric.Recall] = hits / (double)unsafeRows;
        }
    }

    private void ClearBins()
    {
        Array.Clear(_binProbability);
        Array.Clear(_binUnsafe);
    }

    private double CalibrationGap()
    {
        double gap = 0;
        for (int bin = 0; bin < _binUnsafe.Length; bin++)
        {
            gap += Math.Abs(_binUnsafe[bin] - _binProbability[bin]);
        }

        return gap;
    }
}
