namespace Picket.Tests.Fairness;

/// <summary>Gives a text the score that a function gives it.</summary>
internal sealed class TermGuard(Func<string, double> score) : IGuard
{
    public GuardDescription Description { get; } = new("term", "term");

    public ValueTask<IReadOnlyList<GuardScore>> ScoreAsync(IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken = default) =>
        new([.. inputs.Select(input => new GuardScore(score(input.Prompt)))]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
