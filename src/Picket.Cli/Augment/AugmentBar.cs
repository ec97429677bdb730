using System.Diagnostics;
using Picket.Training.Augmentation;

namespace Picket.Cli;

/// <summary>Shows an augmentation on standard error: a line where an earlier run is continued, and on a terminal a bar that is redrawn.</summary>
internal sealed class AugmentBar(StandardStreams streams, string journal) : IProgress<AugmentationProgress>, IDisposable
{
    private readonly ProgressLine _line = new(streams);
    private long? _since;

    /// <summary>How far it came; all zeros before it began.</summary>
    public AugmentationProgress Last { get; private set; }

    public void Report(AugmentationProgress value)
    {
        if (_since is null)
        {
            _since = Stopwatch.GetTimestamp();
            if (value.Resumed > 0)
            {
                _line.Line($"continuing from {journal}: {value.Resumed:N0} answers are there");
            }
        }

        Last = value;
        if (value.Total > 0)
        {
            double share = (double)value.Done / value.Total;
            string left = ProgressLine.TimeLeft(share, 1 - share, Stopwatch.GetElapsedTime(_since.Value));
            _line.Draw(share, $"{value.Done:N0} of {value.Total:N0}, {value.Kept:N0} kept{left}");
        }
    }

    public void Dispose() => _line.Dispose();
}
