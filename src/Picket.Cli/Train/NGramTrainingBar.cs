using System.Diagnostics;
using Picket.Training.NGram;

namespace Picket.Cli;

/// <summary>Shows a training on standard error: a bar that is redrawn on a terminal, a line an epoch elsewhere.</summary>
internal sealed class NGramTrainingBar(StandardStreams streams) : IProgress<NGramTrainingProgress>, IDisposable
{
    private readonly ProgressLine _line = new(streams);
    private readonly long _started = Stopwatch.GetTimestamp();
    private double? _firstDone;

    public void Report(NGramTrainingProgress value)
    {
        if (value.HeldOutAuprc is { } auprc)
        {
            _line.Line($"epoch {value.Epoch}/{value.Epochs}  loss {value.Loss:F4}  held-out AUPRC {auprc:F4}");
            return;
        }

        double done = (value.Epoch + value.Share) / value.Epochs;
        _firstDone ??= done;
        double gained = done - _firstDone.Value;
        string left = gained > 0.01 ? ProgressLine.TimeLeft(gained, 1 - done, Stopwatch.GetElapsedTime(_started)) : "";
        _line.Draw(done, $"epoch {value.Epoch + 1}/{value.Epochs}  loss {value.Loss:F4}{left}");
    }

    public void Dispose() => _line.Dispose();
}
