using Picket.Data;
using Picket.Training.NGram;
using Picket.Training.Optimisation;

namespace Picket.Training.Distillation;

/// <summary>Trains a student on labelled rows: a Hugging Face folder with <c>guard.json</c> comes out.</summary>
public static class Distiller
{
    /// <summary>Distils, from the start or from the checkpoint in <paramref name="folder"/>.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="examples">Rows with a label, a teacher's probability, or both.</param>
    /// <param name="sources">Where they come from, for the model card.</param>
    /// <param name="folder">Becomes the bundle; holds the checkpoint meanwhile.</param>
    /// <param name="progress">Told of every update.</param>
    /// <param name="cancellationToken">Stops between updates, after a checkpoint.</param>
    public static Task<TrainingHistory> RunAsync(
        DistilOptions options,
        IReadOnlyList<Example> examples,
        IReadOnlyList<DataSource> sources,
        string folder,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
