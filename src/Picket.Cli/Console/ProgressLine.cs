namespace Picket.Cli;

/// <summary>
/// A bar with words behind it on standard error, redrawn in place for somebody who watches; lines that stay go above it. Disposing wipes it.
/// </summary>
internal sealed class ProgressLine(StandardStreams streams, TimeProvider? clock = null) : IDisposable
{
    private const int Width = 30;
    private const int MinWidth = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private long? _shown;

    /// <summary>Draws the bar on a terminal; some ten times a second at most, however often it is called.</summary>
    /// <param name="share">Of the work, 0 to 1.</param>
    /// <param name="text">What else there is to say; what the terminal has no room for is cut at its end.</param>
    public void Draw(double share, string text)
    {
        if (!streams.ErrorIsTerminal || (_shown is { } shown && _clock.GetElapsedTime(shown) < Pause))
        {
            return;
        }

        _shown = _clock.GetTimestamp();
        string end = $"{share,4:P0}  {text}";

        // A line as wide as the terminal would wrap, and a wrapped line cannot be drawn over.
        int room = streams.ErrorWidth?.Invoke() is > 0 and var columns ? columns - 1 : int.MaxValue;
        int width = Math.Clamp(room - end.Length - 3, MinWidth, Width);
        int filled = (int)(share * width);
        string line = $"[{new string('#', filled)}{new string('.', width - filled)}] {end}";
        streams.Error.Write($"\r\e[K{line[..Math.Min(line.Length, room)]}");
    }

    /// <summary>Writes a line that stays.</summary>
    public void Line(string text)
    {
        Dispose();
        streams.Error.WriteLine(text);
    }

    /// <summary>How long the rest takes, with two blanks before it; empty while nobody can say.</summary>
    /// <param name="gained">The share of the whole that was done in <paramref name="elapsed"/>.</param>
    /// <param name="left">The share that is left.</param>
    /// <param name="elapsed">Time since the start.</param>
    public static string TimeLeft(double gained, double left, TimeSpan elapsed)
    {
        if (gained <= 0 || elapsed < TimeSpan.FromSeconds(2) || elapsed * (left / gained) is var rest && rest > TimeSpan.FromDays(99))
        {
            return "";
        }

        return rest < TimeSpan.FromHours(1) ? $"  {rest:m\\:ss} left" : $"  {(int)rest.TotalHours}:{rest:mm\\:ss} left";
    }

    public void Dispose()
    {
        if (_shown is not null)
        {
            streams.Error.Write("\r\e[K");
            _shown = null;
        }
    }
}
