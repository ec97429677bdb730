namespace Picket.Tests.Cascade;

/// <summary>Scores by a function of the prompt and counts what it is asked.</summary>
internal sealed class FakeGuard(
    string name, Func<IReadOnlyList<GuardInput>, CancellationToken, ValueTask<IReadOnlyList<GuardScore>>> answer, double threshold = 0.5) : IGuard
{
    public FakeGuard(string name, Func<GuardInput, double> probability, double threshold = 0.5)
        : this(name, (inputs, _) => new([.. inputs.Select(input => new GuardScore(probability(input)))]), threshold)
    {
    }

    public int Calls { get; private set; }

    public int Disposals { get; private set; }

    public Exception? DisposeFault { get; init; }

    public List<GuardInput> Seen { get; } = [];

    public GuardDescription Description { get; } = new(name, "fake", DefaultThreshold: threshold);

    /// <summary>A guard that never answers and never looks at its token; <paramref name="asked"/> completes when it is asked.</summary>
    public static FakeGuard Deaf(TaskCompletionSource asked) => new("large", (_, _) =>
    {
        asked.SetResult();
        return new(new TaskCompletionSource<IReadOnlyList<GuardScore>>().Task);
    });

    public ValueTask<IReadOnlyList<GuardScore>> ScoreAsync(IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken = default)
    {
        Calls++;
        Seen.AddRange(inputs);
        return answer(inputs, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        Disposals++;
        return DisposeFault is null ? ValueTask.CompletedTask : ValueTask.FromException(DisposeFault);
    }
}
