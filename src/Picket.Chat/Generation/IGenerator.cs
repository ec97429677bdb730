namespace Picket.Chat;

/// <summary>Continues a conversation: a chat model behind some server.</summary>
/// <remarks>Safe to call from several threads at once. Whoever creates a generator disposes it; wrappers dispose what they wrap.</remarks>
public interface IGenerator : IAsyncDisposable
{
    /// <summary>Name, kind, server and the way a prefilled assistant turn is asked for.</summary>
    GeneratorDescription Description { get; }

    /// <summary>The model's next turn, or the rest of the turn that the request begins.</summary>
    /// <remarks>
    /// What goes wrong with one answer (<see cref="GenerationFinish.Cut"/>, <see cref="GenerationFinish.Broken"/>,
    /// <see cref="GenerationFinish.Empty"/>) is in the generation; what goes wrong with the server is thrown.
    /// </remarks>
    /// <exception cref="PicketException">
    /// The server refused, or did not recover within the retries. The message names the server and quotes neither the request nor the answer.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    ValueTask<Generation> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default);
}
