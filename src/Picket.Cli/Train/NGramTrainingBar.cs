using System.Diagnostics;
using Picket.Training.NGram;

namespace Picket.Cli;

/// <summary>Shows a training on standard error: a bar that is redrawn on a terminal, a line an epoch elsewhere.</summary>
internal sealed class NGramTrainingBar(StandardStreams streams) : IProgress<NGramTrainingProgress>, IDisposable
{
    private readonly ProgressLine _line = new(streams, TimeProvider.System);
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
        _line.Draw(done, $"epoch {value.Epoch + 1}/{value.Epochs}  loss {value.Loss:F4}{TimeLeft(done)}");
    }

    public void Dispose() => _line.Dispose();

    private string TimeLeft(double done)
    {
        double gained = done - _firstDone!.Value;
        TimeSpan elapsed = Stopwatch.GetElapsedTime(_started);
        return gained > 0.01 && elapsed > TimeSpan.FromSeconds(2) ? $"  {elapsed * ((1 - done) / gained):m\\:ss} left" : "";
    }
}
