namespace Picket.Server;

/// <summary>
/// Counts what a request has in a guard beyond what it was let in with: the windows of an answer, each with its prompt, that nobody knew of when
/// the request came.
/// </summary>
internal sealed class CountedGuard(IGuard inner) : IGuard
{
    public GuardDescription Description => inner.Description;

    public async ValueTask<IReadOnlyList<GuardScore>> ScoreAsync(IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken = default)
    {
        using IDisposable? more = LoadGate.Current?.Beyond(TextTokens.Of(inputs));
        return await inner.ScoreAsync(inputs, cancellationToken);
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
