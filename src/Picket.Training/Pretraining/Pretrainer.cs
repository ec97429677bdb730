using Picket.Training.Optimisation;

namespace Picket.Training.Pretraining;

/// <summary>Trains an encoder on texts without labels: a Hugging Face folder comes out that distillation starts from.</summary>
public static class Pretrainer
{
    /// <summary>Pre-trains, from the start or from the checkpoint in <paramref name="folder"/>.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="texts">The texts, in a fixed order; a response is a text of its own.</param>
    /// <param name="folder">Becomes a Hugging Face folder; holds the checkpoint meanwhile.</param>
    /// <param name="progress">Told of every update.</param>
    /// <param name="cancellationToken">Stops between updates, after a checkpoint.</param>
    public static Task<TrainingHistory> RunAsync(
        PretrainOptions options,
        IAsyncEnumerable<string> texts,
        string folder,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
