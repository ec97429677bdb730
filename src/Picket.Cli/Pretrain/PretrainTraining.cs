using Picket.Training.Optimisation;
using Picket.Training.Pretraining;

namespace Picket.Cli;

/// <summary>Pre-trains; <see cref="Pretrainer.RunAsync"/> in the product.</summary>
internal delegate Task<TrainingHistory> PretrainTraining(
    PretrainOptions options,
    IAsyncEnumerable<string> texts,
    string folder,
    IProgress<TrainingProgress>? progress,
    CancellationToken cancellationToken);
