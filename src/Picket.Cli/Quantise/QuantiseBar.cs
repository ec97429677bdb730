using System.Diagnostics;
using Picket.Models.Quantisation;

namespace Picket.Cli;

/// <summary>Shows a quantisation on standard error: a line for what was measured, and on a terminal a bar that is redrawn.</summary>
internal sealed class QuantiseBar(StandardStreams streams, double tolerance) : IProgress<QuantisationProgress>, IDisposable
{
    private const int Width = 30;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private long? _shown;

    public void Report(QuantisationProgress value)
    {
        switch (value)
        {
            case { Stage: QuantisationStage.AllQuantised, Difference: { } difference }:
                string verdict = difference.Mean <= tolerance ? "within" : "above";
                Line($"all quantised: the log-odds differ by {difference.Mean} on average, {difference.Max} at most; {verdict} the tolerance, {tolerance}");
                break;
            case { Stage: QuantisationStage.Keeping, Difference: { } difference }:
                Line($"{value.Unit} in fp32: {difference.Mean} on average, {difference.Max} at most");
                break;
            default:
                Draw(value);
                break;
        }
    }

    public void Dispose() => Clear();

    private static string Text(QuantisationProgress value) => value.Stage switch
    {
        QuantisationStage.Writing => "writing",
        QuantisationStage.Original => "scoring with the original",
        QuantisationStage.AllQuantised => "scoring with everything quantised",
        QuantisationStage.Alone => $"alone: {value.Unit}",
        _ => $"keeping {value.Unit}",
    };

    private void Draw(QuantisationProgress value)
    {
        if (!streams.ErrorIsTerminal || (_shown is { } shown && Stopwatch.GetElapsedTime(shown) < Pause))
        {
            return;
        }

        _shown = Stopwatch.GetTimestamp();
        int filled = (int)(value.Share * Width);
        string bar = new string('#', filled) + new string('.', Width - filled);
        streams.Error.Write($"\r\e[K[{bar}] {value.Share,4:P0}  {Text(value)}");
    }

    private void Line(string text)
    {
        Clear();
        streams.Error.WriteLine(text);
    }

    private void Clear()
    {
        if (_shown is not null)
        {
            streams.Error.Write("\r\e[K");
            _shown = null;
        }
    }
}
