namespace Picket.Training.Optimisation;

/// <summary>What a <see cref="Trainer{TRow}"/> trains on, and where it keeps what it has come to.</summary>
/// <typeparam name="TRow">A row, as the model takes it.</typeparam>
public sealed record TrainingPlan<TRow>
{
    /// <summary>The rows to learn from; asked for by their place, again and again.</summary>
    public required IReadOnlyList<TRow> Rows { get; init; }

    /// <summary>A row's name in errors, by its place.</summary>
    public required Func<int, string> Id { get; init; }

    /// <summary>A row's class, by its place; needed where <see cref="TrainingSettings.Balanced"/> is on.</summary>
    public Func<int, bool>? Unsafe { get; init; }

    /// <summary>The figures of the held-out rows under the present parameters, by name; a figure that is not defined is left out.</summary>
    public required Func<CancellationToken, IReadOnlyDictionary<string, double>> Evaluate { get; init; }

    /// <summary>The figure that decides which parameters are the best.</summary>
    public required string Deciding { get; init; }

    /// <summary>Whether more of that figure is better.</summary>
    public bool HigherIsBetter { get; init; } = true;

    /// <summary>The folder of <c>checkpoint.safetensors</c> and <c>best.safetensors</c>; made when absent.</summary>
    public required string Folder { get; init; }

    /// <summary>What a checkpoint must share with the training that goes on from it: settings and hashes of data, by name.</summary>
    public required IReadOnlyDictionary<string, string> Identity { get; init; }

    /// <summary>Opens a file to write; <see langword="null"/> for the file system.</summary>
    internal Func<string, Stream>? CreateFile { get; init; }
}
