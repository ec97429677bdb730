namespace Picket.Tests.Cascade;

public sealed class LargeGuardFailureTests
{
    private static readonly GuardInput[] Inputs = [new("easy"), new("hard")];
    private readonly ManualClock _clock = new();

    public static TheoryData<string> Faults => ["throws", "throws later", "cancels itself", "too few", "none", "not a number", "null score"];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task CheckAsync_LargeGuardFails_HoldsTheHardInputUnsafe(string fault)
    {
        await using GuardCascade cascade = Cascade(Failing(fault), LargeGuardFailure.TreatAsUnsafe);

        IReadOnlyList<Verdict> verdicts = await cascade.CheckAsync(Inputs, TestContext.Current.CancellationToken);

        Assert.Equal(new Verdict(false, 0.01, "small", verdicts[0].Route, Degraded: false), verdicts[0]);
        Assert.Equal(new Verdict(true, 0.4, "small", verdicts[1].Route, Degraded: true), verdicts[1]);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task CheckAsync_LargeGuardFailsAndSmallDecides_IsDegradedAndSafe(string fault)
    {
        await using GuardCascade cascade = Cascade(Failing(fault), LargeGuardFailure.UseSmallVerdict);

        Verdict hard = (await cascade.CheckAsync(Inputs, TestContext.Current.CancellationToken))[1];

        Assert.Equal((false, true), (hard.Unsafe, hard.Degraded));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task CheckAsync_LargeGuardFailsAndFailuresThrow_NamesTheGuardAndNoText(string fault)
    {
        await using GuardCascade cascade = Cascade(Failing(fault), LargeGuardFailure.Throw);

        PicketException thrown = await Assert.ThrowsAsync<PicketException>(
            async () => await cascade.CheckAsync(Inputs, TestContext.Current.CancellationToken));

        Assert.StartsWith("guard large", thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hard", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckAsync_LargeGuardIgnoresItsToken_ComesBackAtTheDeadline()
    {
        var asked = new TaskCompletionSource();
        await using GuardCascade cascade = Cascade(FakeGuard.Deaf(asked), LargeGuardFailure.TreatAsUnsafe);

        Task<IReadOnlyList<Verdict>> check = cascade.CheckAsync(Inputs, TestContext.Current.CancellationToken).AsTask();
        await asked.Task;
        _clock.Advance(TimeSpan.FromSeconds(9.9));
        bool early = check.IsCompleted;
        _clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.False(early);
        Assert.True((await check)[1].Degraded);
    }

    [Fact]
    public async Task CheckAsync_LargeGuardBlocksItsThread_ComesBackAtTheDeadline()
    {
        using var release = new ManualResetEventSlim();
        var asked = new TaskCompletionSource();
        var blocking = new FakeGuard("large", (_, _) =>
        {
            asked.SetResult();
            release.Wait(CancellationToken.None);
            return new([]);
        });
        await using GuardCascade cascade = Cascade(blocking, LargeGuardFailure.TreatAsUnsafe);

        Task<IReadOnlyList<Verdict>> check = cascade.CheckAsync(Inputs, TestContext.Current.CancellationToken).AsTask();
        await asked.Task;
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.True((await check)[1].Degraded);
        release.Set();
    }

    [Theory]
    [InlineData(LargeGuardFailure.TreatAsUnsafe)]
    [InlineData(LargeGuardFailure.UseSmallVerdict)]
    [InlineData(LargeGuardFailure.Throw)]
    public async Task CheckAsync_CallerCancelsWhileTheLargeGuardIsAsked_IsCancelled(LargeGuardFailure mode)
    {
        var asked = new TaskCompletionSource();
        using var caller = new CancellationTokenSource();
        await using GuardCascade cascade = Cascade(FakeGuard.Deaf(asked), mode);

        Task<IReadOnlyList<Verdict>> check = cascade.CheckAsync(Inputs, caller.Token).AsTask();
        await asked.Task;
        await caller.CancelAsync();

        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => check);
        Assert.Equal(caller.Token, cancelled.CancellationToken);
    }

    private GuardCascade Cascade(FakeGuard large, LargeGuardFailure mode) => new(
        new FakeGuard("small", input => input.Prompt == "hard" ? 0.4 : 0.01),
        large,
        options: new GuardCascadeOptions { LargeGuardFailure = mode, TimeProvider = _clock });

    private static FakeGuard Failing(string fault) => new("large", async (inputs, _) =>
    {
        switch (fault)
        {
            case "throws":
                throw new InvalidOperationException($"could not read '{inputs[0].Prompt}'");
            case "throws later":
                await Task.Yield();
                throw new IOException(inputs[0].Prompt);
            case "cancels itself":
                throw new OperationCanceledException(new CancellationToken(canceled: true));
            case "too few":
                return [];
            case "not a number":
                return [new GuardScore(double.NaN)];
            case "null score":
                return [null!];
            default:
                return null!;
        }
    });
}
