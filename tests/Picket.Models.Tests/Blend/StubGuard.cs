namespace Picket.Models.Tests.Blend;

/// <summary>Gives every input the same score, and remembers what became of it.</summary>
internal sealed class StubGuard(GuardScore score, int width = 0, int maxTokens = 0) : IGuard
{
    public bool Disposed { get; private set; }

    public int Calls { get; private set; }

    public Action OnScore { get; init; } = static () => { };

    public GuardDescription Description { get; } = new("stub", "stub", width, maxTokens);

    public ValueTask<IReadOnlyList<GuardScore>> ScoreAsync(IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken = default)
    {
        Calls++;
        OnScore();
        return new([.. inputs.Select(_ => score)]);
    }

    public ValueTask DisposeAsync()
    {
        Disposed = true;
        return ValueTask.CompletedTask;
    }
}
