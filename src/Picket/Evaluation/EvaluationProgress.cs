namespace Picket.Evaluation;

/// <summary>What an evaluation is at.</summary>
public enum EvaluationStage
{
    /// <summary>Rows are scored.</summary>
    Scoring,

    /// <summary>Latency is measured, one input at a time.</summary>
    Latency,

    /// <summary>Metrics and their intervals are computed.</summary>
    Metrics,
}

/// <summary>How far an evaluation is.</summary>
/// <param name="Stage">What it is at.</param>
/// <param name="Rows">Labelled rows scored so far.</param>
public sealed record EvaluationProgress(EvaluationStage Stage, int Rows);
