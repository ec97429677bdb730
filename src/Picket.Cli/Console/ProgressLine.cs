namespace Picket.Cli;

/// <summary>A bar on standard error that is drawn over itself, for somebody who watches; lines come out above it. Elsewhere only the lines do.</summary>
internal sealed class ProgressLine(StandardStreams streams, TimeProvider clock) : IDisposable
{
    private const int Width = 30;
    private const int MinWidth = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private long? _drawn;

    /// <summary>Shows how far it is, at most ten times a second.</summary>
    /// <param name="share">Of the work, 0 to 1.</param>
    /// <param name="text">What else there is to say; what the terminal has no room for is cut at its end.</param>
    public void Draw(double share, string text)
    {
        if (!streams.ErrorIsTerminal || (_drawn is { } drawn && clock.GetElapsedTime(drawn) < Pause))
        {
            return;
        }

        _drawn = clock.GetTimestamp();
        string end = $"{share,4:P0}  {text}";

        // A line as wide as the terminal would wrap, and a wrapped line is not drawn over.
        int room = streams.ErrorWidth?.Invoke() is > 0 and var columns ? columns - 1 : int.MaxValue;
        int width = Math.Clamp(room - end.Length - 3, MinWidth, Width);
        int filled = (int)(Math.Clamp(share, 0, 1) * width);
        string line = $"[{new string('#', filled)}{new string('.', width - filled)}] {end}";
        streams.Error.Write($"\r\e[K{line[..Math.Min(line.Length, room)]}");
        streams.Error.Flush();
    }

    /// <summary>Writes a line that stays.</summary>
    public void Line(string text)
    {
        Clear();
        streams.Error.WriteLine(text);
    }

    /// <summary>Wipes the bar.</summary>
    public void Dispose() => Clear();

    private void Clear()
    {
        if (_drawn is not null)
        {
            streams.Error.Write("\r\e[K");
            _drawn = null;
        }
    }
}
