namespace Picket.Server.Tests;

public sealed class BatchingGuardTests
{
    private static readonly QueueOptions OneBatch = new() { Batches = 1, BatchTokens = 15 };

    [Fact]
    public async Task Score_WhileTheGuardIsBusy_GoesTogetherUpToTheBudget()
    {
        var held = new HeldGuard();
        await using var guard = new BatchingGuard(held.Guard, OneBatch, TimeProvider.System);

        Task<IReadOnlyList<GuardScore>> first = ScoreAsync(guard, "fine");
        await held.Asked;
        Task<IReadOnlyList<GuardScore>>[] rest = [ScoreAsync(guard, "fine", "bad"), ScoreAsync(guard, "bad"), ScoreAsync(guard, "fine")];
        held.Release();

        Assert.Equal([0.05, 0.95], (await rest[0]).Select(static score => score.UnsafeProbability));
        await Task.WhenAll([first, .. rest]);
        Assert.Equal([1, 3, 1], held.Guard.Calls.Select(static call => call.Count));
    }

    [Fact]
    public async Task Score_BesideABatchThatRuns_GathersForAMoment()
    {
        var clock = new OneTimerClock();
        var held = new HeldGuard();
        await using var guard = new BatchingGuard(held.Guard, new QueueOptions(), clock);
        Task first = ScoreAsync(guard, "fine");
        await held.Asked;

        Task second = ScoreAsync(guard, "fine");
        Action moment = await clock.Asked;
        Task third = ScoreAsync(guard, "fine");
        moment();
        held.Release();
        await Task.WhenAll(first, second, third);

        Assert.Equal([1, 2], held.Guard.Calls.Select(static call => call.Count));
    }

    [Fact]
    public async Task Score_InputBeyondTheBudget_GoesAlone()
    {
        var inner = new WordGuard();
        await using var guard = new BatchingGuard(inner, OneBatch, TimeProvider.System);

        await ScoreAsync(guard, new string('a', 1000), "fine");

        Assert.Equal([1, 1], inner.Calls.Select(static call => call.Count));
    }

    [Fact]
    public async Task Score_NextToATextTheGuardFailsOn_Succeeds()
    {
        var held = new HeldGuard();
        var inner = new WordGuard
        {
            Before = async (inputs, token) =>
            {
                await held.Guard.Before(inputs, token);
                if (inputs.Any(static input => input.Prompt == "poison"))
                {
                    throw new PicketException("cannot");
                }
            },
        };
        await using var guard = new BatchingGuard(inner, OneBatch, TimeProvider.System);
        Task first = ScoreAsync(guard, "fine");
        await held.Asked;

        Task<IReadOnlyList<GuardScore>> good = ScoreAsync(guard, "bad");
        Task<IReadOnlyList<GuardScore>> poison = ScoreAsync(guard, "poison");
        held.Release();

        Assert.Equal(0.95, (await good)[0].UnsafeProbability);
        await Assert.ThrowsAsync<PicketException>(() => poison);
        await first;
    }

    [Fact]
    public async Task Score_CancelledInTheQueue_IsNeverScored()
    {
        var held = new HeldGuard();
        await using var guard = new BatchingGuard(held.Guard, OneBatch, TimeProvider.System);
        Task first = ScoreAsync(guard, "fine");
        await held.Asked;
        using var caller = new CancellationTokenSource();
        Task<IReadOnlyList<GuardScore>> gone = guard.ScoreAsync([new GuardInput("gone")], caller.Token).AsTask();

        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        held.Release();
        await first;
        await ScoreAsync(guard, "next");

        Assert.DoesNotContain(held.Guard.Calls, static call => call.Any(static input => input.Prompt == "gone"));
    }

    [Fact]
    public async Task Score_AfterAWait_TellsHowLongItWas()
    {
        var clock = new ManualClock();
        var held = new HeldGuard();
        var waits = new List<TimeSpan>();
        await using var guard = new BatchingGuard(held.Guard, OneBatch, clock, waits.Add);
        Task first = ScoreAsync(guard, "fine");
        await held.Asked;

        Task second = ScoreAsync(guard, "fine");
        clock.Advance(TimeSpan.FromSeconds(3));
        held.Release();
        await Task.WhenAll(first, second);

        Assert.Equal([TimeSpan.Zero, TimeSpan.FromSeconds(3)], waits);
    }

    [Fact]
    public async Task Score_GuardGivesTooFewScores_IsAFault()
    {
        await using var guard = new BatchingGuard(new ShortGuard(), OneBatch, TimeProvider.System);

        PicketException fault = await Assert.ThrowsAsync<PicketException>(() => ScoreAsync(guard, "fine"));

        Assert.Equal("guard short: expected 1 scores, found 0", fault.Message);
    }

    [Fact]
    public async Task Score_AfterDisposal_Throws()
    {
        var inner = new WordGuard();
        var guard = new BatchingGuard(inner, OneBatch, TimeProvider.System);
        await guard.DisposeAsync();

        Assert.True(inner.Disposed);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => ScoreAsync(guard, "fine"));
    }

    private static Task<IReadOnlyList<GuardScore>> ScoreAsync(BatchingGuard guard, params string[] prompts) =>
        guard.ScoreAsync([.. prompts.Select(static prompt => new GuardInput(prompt))], TestContext.Current.CancellationToken).AsTask();

    /// <summary>Hands its first timer to the test.</summary>
    private sealed class OneTimerClock : TimeProvider
    {
        private readonly TaskCompletionSource<Action> _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Action> Asked => _asked.Task.WaitAsync(TestContext.Current.CancellationToken);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _asked.TrySetResult(() => callback(state));
            return new NoTimer();
        }
    }

    private sealed class NoTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class ShortGuard : IGuard
    {
        public GuardDescription Description { get; } = new("short", "fake");

        public ValueTask<IReadOnlyList<GuardScore>> ScoreAsync(IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken = default) =>
            new([]);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
