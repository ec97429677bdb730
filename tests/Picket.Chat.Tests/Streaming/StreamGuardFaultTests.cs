namespace Picket.Chat.Tests;

public sealed class StreamGuardFaultTests
{
    private const string Answer = "Take some flour. Then bake it in an oven until it is brown. ";

    [Fact]
    public async Task PushAsync_GuardFails_HoldsTheTextUnsafe()
    {
        TestedStream stream = Start(GuardFailure.TreatAsUnsafe, failsAt: 1);
        string first = (await stream.PushAsync("Take some flour. ")).Text;

        GuardedDelta delta = await stream.PushAsync("Then bake it in an oven. ");

        Assert.Equal(("Take ", ""), (first, delta.Text));
        Assert.True(delta.Block is { Unsafe: true, Fault: nameof(TimeoutException), Bypassed: 0, Windows: 1, Verdict.Unsafe: false });
    }

    [Fact]
    public async Task PushAsync_GuardFailsAndIsLetPass_CountsWhatNobodyScored()
    {
        TestedStream stream = Start(GuardFailure.LetPass, failsAt: 0);

        string text = (await stream.PushAsync(Answer)).Text + (await stream.FlushAsync()).Text;

        Assert.Equal(Answer, text);
        Assert.True(stream.Verdict is { Unsafe: false, Fault: nameof(TimeoutException), Bypassed: > 0, Windows: 0, Verdict: null });
    }

    [Fact]
    public async Task PushAsync_GuardFailsAndThrows_NamesTheTypeAndLetsGoOfNothingMore()
    {
        TestedStream stream = Start(GuardFailure.Throw, failsAt: 0);

        PicketException fault = await Assert.ThrowsAsync<PicketException>(() => stream.PushAsync(Answer).AsTask());

        Assert.Equal("guard failed: TimeoutException", fault.Message);
        await Assert.ThrowsAsync<InvalidOperationException>(() => stream.FlushAsync().AsTask());
    }

    [Fact]
    public async Task PushAsync_ThrowInShadow_LetsGoAndReports()
    {
        TestedStream stream = Start(GuardFailure.Throw, failsAt: 0, shadow: true);

        Assert.Equal(Answer, (await stream.PushAsync(Answer)).Text);

        Assert.True(stream.Verdict is { Unsafe: true, Fault: nameof(TimeoutException) });
    }

    [Fact]
    public async Task PushAsync_Cancelled_Throws()
    {
        TestedStream stream = Start(GuardFailure.TreatAsUnsafe, failsAt: 9);

        await Assert.ThrowsAsync<OperationCanceledException>(() => stream.Guard.PushAsync(Answer, new CancellationToken(true)).AsTask());
    }

    private static TestedStream Start(GuardFailure failure, int failsAt, bool shadow = false)
    {
        var guard = new MarkerGuard { Fault = call => call == failsAt ? new TimeoutException("flour") : null };
        return new TestedStream(guard, new() { WindowLength = 64, Overlap = 8, ShortestStep = 8, GuardFailure = failure, Shadow = shadow });
    }
}
