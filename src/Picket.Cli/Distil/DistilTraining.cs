using Picket.Data;
using Picket.Training.Distillation;
using Picket.Training.NGram;
using Picket.Training.Optimisation;

namespace Picket.Cli;

/// <summary>Distils; <see cref="Distiller.RunAsync"/> in the product.</summary>
internal delegate Task<TrainingHistory> DistilTraining(
    DistilOptions options,
    IReadOnlyList<Example> examples,
    IReadOnlyList<DataSource> sources,
    string folder,
    IProgress<TrainingProgress>? progress,
    CancellationToken cancellationToken);
