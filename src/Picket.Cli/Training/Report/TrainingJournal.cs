using Picket.Training.Optimisation;

namespace Picket.Cli;

/// <summary>Keeps what a training tells, with the time that each update took; sittings before this one are taken over from their report.</summary>
internal sealed class TrainingJournal(TimeProvider clock, TrainingReport? before) : IProgress<TrainingProgress>
{
    private readonly List<ReportStep> _steps = [];
    private readonly List<ReportEvaluation> _evaluations = [];
    private long? _last;

    public long TotalSteps { get; private set; }

    public int Epochs { get; private set; }

    public void Report(TrainingProgress value)
    {
        if (_last is null)
        {
            // A kill may have lost updates that came after the checkpoint: they are made again.
            _steps.AddRange(before?.Steps.Where(step => step.Step < value.Step.Step) ?? []);
            _evaluations.AddRange(before?.Evaluations.Where(evaluation => evaluation.Step < value.Step.Step) ?? []);
        }

        // The first update waits for the data, one with an evaluation for the evaluation.
        double? seconds = _last is { } last && value.Evaluation is null ? Math.Round(clock.GetElapsedTime(last).TotalSeconds, 4) : null;
        _last = clock.GetTimestamp();
        (TotalSteps, Epochs) = (value.Steps, value.Epochs);
        _steps.Add(Entry(value.Step, seconds));
        if (value.Evaluation is { } evaluation)
        {
            _evaluations.Add(Entry(evaluation));
        }
    }

    /// <summary>The report with everything so far.</summary>
    public TrainingReport AddTo(TrainingReport report) => report with
    {
        TotalSteps = TotalSteps,
        Epochs = Epochs,
        Steps = [.. _steps],
        Evaluations = [.. _evaluations],
    };

    /// <summary>The report with the trainer's own history, which knows sittings whose report is lost, and the times that are known here.</summary>
    public TrainingReport AddTo(TrainingReport report, TrainingHistory history)
    {
        ILookup<long, double?> seconds = _steps.ToLookup(static step => step.Step, static step => step.Seconds);
        return report with
        {
            TotalSteps = history.Steps.Count > 0 ? history.Steps[^1].Step : 0,
            Epochs = Epochs,
            Steps = [.. history.Steps.Select(step => Entry(step, seconds[step.Step].FirstOrDefault()))],
            Evaluations = [.. history.Evaluations.Select(Entry)],
        };
    }

    private static ReportStep Entry(TrainingStep step, double? seconds) => new(
        step.Step, Finite(step.Loss), Finite(step.LearningRate), Finite(step.GradientNorm), step.Tokens, seconds);

    private static ReportEvaluation Entry(TrainingEvaluation evaluation) => new(
        evaluation.Step,
        evaluation.Figures.ToDictionary(static figure => figure.Key, static figure => Finite(figure.Value), StringComparer.Ordinal),
        evaluation.Best);

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
