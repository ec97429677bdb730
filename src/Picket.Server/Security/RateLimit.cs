namespace Picket.Server;

/// <summary>A bucket that holds a minute's requests and fills evenly.</summary>
internal sealed class RateLimit(int requestsPerMinute, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private double _left = requestsPerMinute;
    private long _filled = clock.GetTimestamp();

    /// <summary>Takes one request out.</summary>
    /// <returns><see langword="null"/>, or the time until there is one.</returns>
    public TimeSpan? Take()
    {
        lock (_gate)
        {
            long now = clock.GetTimestamp();
            _left = Math.Min(requestsPerMinute, _left + (clock.GetElapsedTime(_filled, now).TotalMinutes * requestsPerMinute));
            _filled = now;
            if (_left < 1)
            {
                return TimeSpan.FromMinutes((1 - _left) / requestsPerMinute);
            }

            _left--;
            return null;
        }
    }
}
