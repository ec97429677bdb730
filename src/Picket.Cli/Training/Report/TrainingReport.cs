using Picket.Training.NGram;

namespace Picket.Cli;

/// <summary>Everything that a training told, as <c>training.json</c> keeps it. Holds no text of any row.</summary>
internal sealed record TrainingReport
{
    /// <summary>The schema's version, raised when a field changes its meaning or goes.</summary>
    public required int Schema { get; init; }

    /// <summary>What was done: distil or pretrain.</summary>
    public required string Kind { get; init; }

    /// <summary>What is trained.</summary>
    public required string Name { get; init; }

    /// <summary>running, interrupted, failed or finished.</summary>
    public required string State { get; init; }

    /// <summary>When it was written, in UTC.</summary>
    public required DateTimeOffset Created { get; init; }

    public required string PicketVersion { get; init; }

    /// <summary>Updates that are to be made; 0 as long as that is not known.</summary>
    public required long TotalSteps { get; init; }

    public required int Epochs { get; init; }

    public required IReadOnlyList<ReportSetting> Settings { get; init; }

    /// <summary>The files it learned from.</summary>
    public required IReadOnlyList<DataSource> Data { get; init; }

    public required IReadOnlyList<ReportStep> Steps { get; init; }

    public required IReadOnlyList<ReportEvaluation> Evaluations { get; init; }

    /// <summary>The finished guard on test sets.</summary>
    public required IReadOnlyList<CardMetrics> Tests { get; init; }
}

/// <summary>A setting as it was, and as it would have been.</summary>
internal sealed record ReportSetting(string Key, string Value, string Default);

/// <summary>
/// An update. A value is <see langword="null"/> where it is no finite number, <paramref name="Seconds"/> also where it was not measured.
/// </summary>
internal sealed record ReportStep(long Step, double? Loss, double? LearningRate, double? GradientNorm, long Tokens, double? Seconds);

/// <summary>An evaluation on the held-out rows.</summary>
internal sealed record ReportEvaluation(long Step, IReadOnlyDictionary<string, double?> Figures, bool Best);
