namespace Picket.Evaluation;

/// <summary>Everything that was measured of one guard on one data set. Holds no text of any row.</summary>
public sealed record EvaluationResult
{
    /// <summary>The guard.</summary>
    public required GuardDescription Guard { get; init; }

    /// <summary>The data set's name.</summary>
    public required string Dataset { get; init; }

    /// <summary>Flagged are the rows whose probability is at least this.</summary>
    public required double Threshold { get; init; }

    /// <summary>Rows without a label: neither scored nor counted in any figure.</summary>
    public required int UnlabelledRows { get; init; }

    /// <summary>The figures with their intervals.</summary>
    public required GuardMetrics Metrics { get; init; }

    /// <summary>Rows by label and verdict.</summary>
    public required ConfusionMatrix Confusion { get; init; }

    /// <summary>The precision-recall curve, at most 500 points.</summary>
    public required IReadOnlyList<PrecisionRecallPoint> PrecisionRecall { get; init; }

    /// <summary>The reliability diagram.</summary>
    public required IReadOnlyList<ReliabilityBin> Reliability { get; init; }

    /// <summary>Scores by class.</summary>
    public required IReadOnlyList<HistogramBin> Histogram { get; init; }

    /// <summary>Metrics by <see cref="Data.Example.Category"/>.</summary>
    public required Breakdown Categories { get; init; }

    /// <summary>Metrics by <see cref="Data.Example.Source"/>.</summary>
    public required Breakdown Sources { get; init; }

    /// <summary>Speed and memory.</summary>
    public required GuardPerformance Performance { get; init; }
}
