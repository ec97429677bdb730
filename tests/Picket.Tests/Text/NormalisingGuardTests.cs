using Picket.Text;

namespace Picket.Tests.Text;

public sealed class NormalisingGuardTests
{
    [Fact]
    public async Task ScoreAsync_EvasiveTexts_InnerSeesThemPlain()
    {
        var inner = new RecordingGuard();
        await using IGuard guard = NormalisingGuard.Wrap(inner);

        await guard.ScoreAsync([new GuardInput("ｈｏｗ  to"), new GuardInput("ok", "s o o n")], TestContext.Current.CancellationToken);

        Assert.Equal([new GuardInput("how to"), new GuardInput("ok", "soon")], Assert.Single(inner.Batches));
    }

    [Fact]
    public async Task ScoreAsync_LeetInTheMiddle_HigherScoreCountsInItsPlace()
    {
        var inner = new RecordingGuard();
        await using IGuard guard = NormalisingGuard.Wrap(inner);
        GuardInput[] inputs = [new("one"), new("b4d"), new("three", "g00d"), new("bad")];

        IReadOnlyList<GuardScore> scores = await guard.ScoreAsync(inputs, TestContext.Current.CancellationToken);

        Assert.Single(inner.Batches);
        Assert.Equal([0.1, 0.9, 0.1, 0.9], scores.Select(score => score.UnsafeProbability));
        Assert.Equal([3, 6, 8, 3], scores.Select(score => score.Tokens));
        Assert.Equal([1, 2, 1, 2], scores.Select(score => score.Windows));
    }

    [Fact]
    public async Task ScoreAsync_CleanInput_PassesTheSameInstance()
    {
        var inner = new RecordingGuard();
        await using IGuard guard = NormalisingGuard.Wrap(inner);
        var input = new GuardInput("A plain question?");

        await guard.ScoreAsync([input], TestContext.Current.CancellationToken);

        Assert.Same(input, Assert.Single(Assert.Single(inner.Batches)));
    }

    [Fact]
    public async Task Wrap_EveryStepOff_IsTheGuardItself()
    {
        await using var inner = new RecordingGuard();

        Assert.Same(inner, NormalisingGuard.Wrap(inner, TextNormaliserOptions.None));
    }

    [Fact]
    public async Task DisposeAsync_Wrapper_DisposesInner()
    {
        var inner = new RecordingGuard();

        await NormalisingGuard.Wrap(inner).DisposeAsync();

        Assert.True(inner.Disposed);
    }

    /// <summary>Scores 0.9 in two windows where the text holds "bad", else 0.1 in one; a token a character.</summary>
    private sealed class RecordingGuard : IGuard
    {
        public List<IReadOnlyList<GuardInput>> Batches { get; } = [];

        public bool Disposed { get; private set; }

        public GuardDescription Description { get; } = new("recording", "fake");

        public ValueTask<IReadOnlyList<GuardScore>> ScoreAsync(IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken = default)
        {
            Batches.Add(inputs);
            return new([.. inputs.Select(Score)]);
        }

        public ValueTask DisposeAsync()
        {
            Disposed = true;
            return default;
        }

        private static GuardScore Score(GuardInput input)
        {
            string judged = input.Response ?? input.Prompt;
            bool bad = judged.Contains("bad");
            return new GuardScore(bad ? 0.9 : 0.1, default, judged.Length, bad ? 2 : 1);
        }
    }
}
