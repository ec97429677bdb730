namespace Picket.Training.Optimisation;

/// <summary>One update.</summary>
/// <param name="Step">Its number, from 1.</param>
/// <param name="Loss">The batch's mean loss.</param>
/// <param name="LearningRate">That it was made with.</param>
/// <param name="GradientNorm">Before clipping.</param>
/// <param name="Tokens">Tokens of the batch.</param>
public readonly record struct TrainingStep(long Step, double Loss, double LearningRate, double GradientNorm, long Tokens);

/// <summary>What the held-out rows say after an update.</summary>
/// <param name="Step">The update.</param>
/// <param name="Figures">By name, such as <c>auprc</c>, <c>f1</c> and <c>loss</c>.</param>
/// <param name="Best">Whether the figure that decides is the best so far.</param>
public sealed record TrainingEvaluation(long Step, IReadOnlyDictionary<string, double> Figures, bool Best);

/// <summary>What a training tells while it runs.</summary>
/// <param name="Step">The update that has just been made.</param>
/// <param name="Steps">All updates.</param>
/// <param name="Epoch">The pass over the rows that it belongs to, from 1.</param>
/// <param name="Epochs">All passes.</param>
/// <param name="Evaluation">Its evaluation, where there was one.</param>
public sealed record TrainingProgress(TrainingStep Step, long Steps, int Epoch, int Epochs, TrainingEvaluation? Evaluation);

/// <summary>Everything that a training told, for curves.</summary>
/// <param name="Steps">Every update.</param>
/// <param name="Evaluations">Every evaluation.</param>
public sealed record TrainingHistory(IReadOnlyList<TrainingStep> Steps, IReadOnlyList<TrainingEvaluation> Evaluations)
{
    /// <summary>The update whose parameters became the result.</summary>
    public long KeptStep { get; init; }

    /// <summary>The parameters that the start had no values for and that were therefore left to chance: the head of a new task.</summary>
    public IReadOnlyList<string> Initialised { get; init; } = [];
}
