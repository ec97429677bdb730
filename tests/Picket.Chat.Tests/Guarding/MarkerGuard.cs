namespace Picket.Chat.Tests;

/// <summary>A guard by hand: what holds the marker word is unsafe, and everything it was asked is kept.</summary>
internal sealed class MarkerGuard(string marker = "BAD") : IGuard
{
    public GuardDescription Description { get; } = new("marker", "fake");

    public List<GuardInput> Asked { get; } = [];

    public int Calls { get; private set; }

    public Func<int, Exception?> Fault { get; init; } = static _ => null;

    public IEnumerable<string> Judged => Asked.Select(static input => input.Response ?? input.Prompt);

    public string? FirstUnsafe => Judged.FirstOrDefault(IsUnsafe);

    public GuardCascade Cascade() => new(this);

    public ValueTask<IReadOnlyList<GuardScore>> ScoreAsync(IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Fault(Calls++) is { } fault)
        {
            throw fault;
        }

        Asked.AddRange(inputs);
        return new([.. inputs.Select(input => new GuardScore(IsUnsafe(input.Response ?? input.Prompt) ? 0.9 : 0.1))]);
    }

    public bool IsUnsafe(string text) => text.Contains(marker, StringComparison.Ordinal);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
