namespace Picket.Chat.Tests;

/// <summary>A stream guard over a <see cref="MarkerGuard"/>, with the test's own cancellation.</summary>
internal sealed class TestedStream(MarkerGuard guard, StreamGuardOptions options, GuardedPart part = GuardedPart.Text)
{
    public StreamGuard Guard { get; } = new(guard.Cascade(), "How?", options, part);

    public PartVerdict Verdict => Guard.Verdict;

    public ValueTask<GuardedDelta> PushAsync(string delta) => Guard.PushAsync(delta, TestContext.Current.CancellationToken);

    public ValueTask<GuardedDelta> FlushAsync() => Guard.FlushAsync(TestContext.Current.CancellationToken);
}
