namespace Picket.Cli.Tests;

/// <summary>Scores a prompt by its length in hundredths; knows whether it was disposed.</summary>
internal sealed class LengthGuard(string name) : IGuard
{
    public bool Disposed { get; private set; }

    public GuardDescription Description { get; } = new(name, "fake", DefaultThreshold: 0.4);

    public ValueTask<IReadOnlyList<GuardScore>> ScoreAsync(IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new([.. inputs.Select(input => new GuardScore(input.Prompt.Length / 100.0))]);
    }

    public ValueTask DisposeAsync()
    {
        Disposed = true;
        return ValueTask.CompletedTask;
    }
}
