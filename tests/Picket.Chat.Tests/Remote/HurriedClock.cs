using System.Collections.Concurrent;

namespace Picket.Chat.Tests;

/// <summary>A clock on which every wait is over at once and noted, but for those of one length: they are over only if meant to.</summary>
internal sealed class HurriedClock(TimeSpan timeout, bool timesOut = false) : TimeProvider
{
    /// <summary>The waits of other lengths than the timeout, in order.</summary>
    public ConcurrentQueue<TimeSpan> Waits { get; } = [];

    private TimeSpan NeverOver { get; } = timeout;

    private bool TimesOut { get; } = timesOut;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HurriedTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class HurriedTimer(HurriedClock clock, Action fire) : ITimer
    {
        private readonly TimeSpan _timeout = clock.NeverOver;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return true;
            }

            if (dueTime != _timeout)
            {
                clock.Waits.Enqueue(dueTime);
            }

            if (dueTime != _timeout || clock.TimesOut)
            {
                // Whoever makes a timer has no hold of it before this returns.
                ThreadPool.QueueUserWorkItem(_ => fire());
            }

            return true;
        }

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
