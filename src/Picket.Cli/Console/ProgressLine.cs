using System.Diagnostics;

namespace Picket.Cli;

/// <summary>
/// A bar with words behind it on standard error, redrawn in place for somebody who watches; lines that stay go above it. Disposing wipes it.
/// </summary>
internal sealed class ProgressLine(StandardStreams streams) : IDisposable
{
    private const int Width = 30;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private long? _shown;

    /// <summary>Draws the bar on a terminal; some ten times a second at most, however often it is called.</summary>
    public void Draw(double share, string text)
    {
        if (!streams.ErrorIsTerminal || (_shown is { } shown && Stopwatch.GetElapsedTime(shown) < Pause))
        {
            return;
        }

        _shown = Stopwatch.GetTimestamp();
        int filled = (int)(share * Width);
        string bar = new string('#', filled) + new string('.', Width - filled);
        streams.Error.Write($"\r\e[K[{bar}] {share,4:P0}  {text}");
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
