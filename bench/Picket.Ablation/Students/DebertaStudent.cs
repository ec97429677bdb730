using Picket.Training.DebertaV2;
using Picket.Training.Distillation;
using Picket.Training.Optimisation;

namespace Picket.Ablation;

/// <summary>
/// A DeBERTa from a pre-trained folder, distilled with HarmAug's loss (METHODS.md 1.5): hard teacher beside the label, classes drawn equally
/// often, the last update kept, nothing calibrated.
/// </summary>
internal sealed class DebertaStudent(AblationSettings settings, string start, Action<string> log) : IStudent
{
    /// <inheritdoc/>
    public string Name => "deberta";

    /// <inheritdoc/>
    public async Task<string> IdentityAsync(CancellationToken cancellationToken) =>
        $"{Name} from {await WholeFile.HashAsync(start, cancellationToken)}, {settings.Steps} updates of {settings.BatchSize} rows, learning rate "
        + $"{settings.LearningRate:R}, {settings.MaxTokens} tokens";

    /// <inheritdoc/>
    public Task TrainAsync(TrainingRows rows, int seed, string folder, CancellationToken cancellationToken)
    {
        var options = new DistilOptions
        {
            Name = "ablation-student",
            KeepLast = true,
            Calibrate = false,
            Student = new StudentOptions { From = start, MaxTokens = settings.MaxTokens, Threads = settings.Threads },
            Training = new TrainingSettings
            {
                // The updates are what ends it.
                Epochs = 1000,
                Steps = settings.Steps,
                BatchSize = settings.BatchSize,
                ChunkSize = settings.BatchSize,
                LearningRate = settings.LearningRate,
                WarmupSteps = settings.Steps / 10,
                EvaluateEvery = settings.Steps,
                CheckpointEvery = 50,
                Seed = seed,
            },
        };
        var progress = new Steps(log, Math.Max(1, settings.Steps / 5));
        return Distiller.RunAsync(options, rows.Rows, [NGramStudent.SourceOf(rows.Rows)], folder, progress, cancellationToken);
    }

    private sealed class Steps(Action<string> log, int every) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step.Step % every == 0)
            {
                log($"  update {value.Step.Step} of {value.Steps}, loss {value.Step.Loss:F3}");
            }
        }
    }
}
