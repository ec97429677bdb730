namespace Picket;

/// <summary>Scores inputs: the small guard, the large one, a teacher, a remote service.</summary>
/// <remarks>Safe to call from several threads at once. Whoever creates a guard disposes it; wrappers dispose what they wrap.</remarks>
public interface IGuard : IAsyncDisposable
{
    /// <summary>Name, kind, feature width, window size and default threshold.</summary>
    GuardDescription Description { get; }

    /// <summary>Scores <paramref name="inputs"/>.</summary>
    /// <returns>As many scores as inputs, in the same order.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    ValueTask<IReadOnlyList<GuardScore>> ScoreAsync(IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken = default);
}
