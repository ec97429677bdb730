namespace Picket.Tests.Evaluation;

/// <summary>Scores a prompt by its length in hundredths, and a response of "NaN" as NaN.</summary>
internal sealed class LengthGuard(Action<int>? onBatch = null) : IGuard
{
    public List<int> Batches { get; } = [];

    public GuardDescription Description { get; } = new("length", "fake", DefaultThreshold: 0.25);

    public ValueTask<IReadOnlyList<GuardScore>> ScoreAsync(IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Batches.Add(inputs.Count);
        onBatch?.Invoke(inputs.Count);
        return new([.. inputs.Select(input => new GuardScore(input.Response == "NaN" ? double.NaN : input.Prompt.Length / 100.0))]);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
