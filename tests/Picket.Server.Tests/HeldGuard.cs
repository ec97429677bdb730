namespace Picket.Server.Tests;

/// <summary>Holds each call until it is released, and tells when the first has come.</summary>
internal sealed class HeldGuard
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HeldGuard(string name = "small", string kind = "ngram") => Guard = new WordGuard(name)
    {
        Description = new GuardDescription(name, kind),
        Before = (_, _) =>
        {
            _asked.TrySetResult();
            return _released.Task;
        },
    };

    public WordGuard Guard { get; }

    public Task Asked => _asked.Task.WaitAsync(TestContext.Current.CancellationToken);

    public void Release() => _released.TrySetResult();
}
