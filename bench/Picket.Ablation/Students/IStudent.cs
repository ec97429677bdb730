using Picket.Data;

namespace Picket.Ablation;

/// <summary>What a student learns from.</summary>
/// <param name="Rows">Seed rows and added ones.</param>
/// <param name="Largest">Rows of the largest arm, so that every arm can get as many updates.</param>
internal sealed record TrainingRows(IReadOnlyList<Example> Rows, int Largest);

/// <summary>Learns from rows and becomes a bundle.</summary>
internal interface IStudent
{
    /// <summary>The name in files and tables.</summary>
    string Name { get; }

    /// <summary>Differs wherever the training does.</summary>
    Task<string> IdentityAsync(CancellationToken cancellationToken);

    /// <summary>Trains into <paramref name="folder"/>; goes on with what an earlier run left there.</summary>
    /// <exception cref="PicketException">A file or a row is bad, or a class is missing.</exception>
    Task TrainAsync(TrainingRows rows, int seed, string folder, CancellationToken cancellationToken);
}
