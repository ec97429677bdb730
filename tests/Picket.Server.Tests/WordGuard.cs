namespace Picket.Server.Tests;

/// <summary>A guard by hand: "bad" is unsafe, "odd" is unsure, "crime" is unsafe with a hazard's name; everything else is safe.</summary>
internal sealed class WordGuard(string name = "small") : IGuard
{
    public Func<IReadOnlyList<GuardInput>, CancellationToken, Task> Before { get; init; } = static (_, _) => Task.CompletedTask;

    public List<IReadOnlyList<GuardInput>> Calls { get; } = [];

    public bool Disposed { get; private set; }

    public GuardDescription Description { get; init; } = new(name, "ngram");

    public async ValueTask<IReadOnlyList<GuardScore>> ScoreAsync(IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken = default)
    {
        lock (Calls)
        {
            Calls.Add(inputs);
        }

        await Before(inputs, cancellationToken);
        return [.. inputs.Select(static input => Score(input.Response ?? input.Prompt))];
    }

    public ValueTask DisposeAsync()
    {
        Disposed = true;
        return ValueTask.CompletedTask;
    }

    private static GuardScore Score(string text) => text switch
    {
        _ when text.Contains("bad", StringComparison.Ordinal) => new GuardScore(0.95),
        _ when text.Contains("crime", StringComparison.Ordinal) => new GuardScore(0.95) { Categories = ["S2"] },
        _ when text.Contains("odd", StringComparison.Ordinal) => new GuardScore(0.45),
        _ => new GuardScore(0.05),
    };
}
