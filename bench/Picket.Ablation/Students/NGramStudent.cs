using Picket.Data;
using Picket.Training.NGram;

namespace Picket.Ablation;

/// <summary>
/// The n-gram guard, as <c>picket train ngram</c> trains it, for as many updates in every arm. It takes labels, not probabilities: a seed row's
/// own, a copy's, and the teacher's of a written prompt.
/// </summary>
internal sealed class NGramStudent(AblationSettings settings) : IStudent
{
    /// <inheritdoc/>
    public string Name => "n-gram";

    /// <summary>Passes that make as many updates as the largest arm's.</summary>
    internal static int Passes(int epochs, int rows, int largest) =>
        Math.Max(1, (int)Math.Round((double)epochs * largest / rows, MidpointRounding.AwayFromZero));

    /// <inheritdoc/>
    public Task<string> IdentityAsync(CancellationToken cancellationToken) => Task.FromResult($"{Name}, {settings.Epochs} epochs");

    /// <inheritdoc/>
    public async Task TrainAsync(TrainingRows rows, int seed, string folder, CancellationToken cancellationToken)
    {
        int passes = Passes(settings.Epochs, rows.Rows.Count, rows.Largest);

        // No early stop: rows that are copies of held-out ones would decide when.
        var options = new NGramTrainerOptions { Epochs = passes, Patience = passes, Tolerance = 0.2, Seed = seed };
        NGramTrainingResult result = await Task.Run(
            () => new NGramTrainer(options, settings.Threads).Train(rows.Rows, cancellationToken: cancellationToken), cancellationToken);
        await NGramBundle.WriteAsync(folder, Name, options, result, [SourceOf(rows.Rows)], [], cancellationToken);
    }

    /// <summary>How a model card names the rows.</summary>
    internal static DataSource SourceOf(IReadOnlyList<Example> rows) => new("ablation", "", rows.Count, rows.Count(static row => row.Unsafe == true));
}
