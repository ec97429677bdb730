namespace Picket.Cli.Tests;

/// <summary>Holds a text unsafe that says "bad"; counts its work.</summary>
internal sealed class FakeGuard : IGuard
{
    private int _scored;

    public Func<IReadOnlyList<GuardInput>, CancellationToken, Task> Before { get; init; } = (_, _) => Task.CompletedTask;

    public int Scored => _scored;

    public bool Disposed { get; private set; }

    public List<GuardInput> Seen { get; } = [];

    public GuardDescription Description { get; } = new("fake", "fake");

    public async ValueTask<IReadOnlyList<GuardScore>> ScoreAsync(IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken = default)
    {
        await Before(inputs, cancellationToken);
        Interlocked.Add(ref _scored, inputs.Count);
        lock (Seen)
        {
            Seen.AddRange(inputs.Take(16));
        }

        return [.. inputs.Select(input => new GuardScore((input.Response ?? input.Prompt).Contains("bad", StringComparison.Ordinal) ? 0.9 : 0.1))];
    }

    public ValueTask DisposeAsync()
    {
        Disposed = true;
        return ValueTask.CompletedTask;
    }
}
