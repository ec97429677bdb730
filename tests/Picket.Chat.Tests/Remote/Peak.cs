namespace Picket.Chat.Tests;

/// <summary>How many were under way at a time, at most.</summary>
internal sealed class Peak
{
    private readonly Lock _gate = new();
    private int _now;

    public int Most { get; private set; }

    /// <summary>One more; gives how many there are now.</summary>
    public int Enter()
    {
        lock (_gate)
        {
            Most = Math.Max(Most, ++_now);
            return _now;
        }
    }

    public void Leave()
    {
        lock (_gate)
        {
            _now--;
        }
    }
}
