using System.Diagnostics;
using Picket.Training.NGram;

namespace Picket.Cli;

/// <summary>Shows a training on standard error: a bar that is redrawn on a terminal, a line an epoch elsewhere.</summary>
internal sealed class NGramTrainingBar(StandardStreams streams) : IProgress<NGramTrainingProgress>, IDisposable
{
    private const int Width = 30;
    private readonly long _started = Stopwatch.GetTimestamp();
    private double? _firstDone;
    private bool _hasLine;

    public void Report(NGramTrainingProgress value)
    {
        if (value.HeldOutAuprc is { } auprc)
        {
            Clear();
            streams.Error.WriteLine($"epoch {value.Epoch}/{value.Epochs}  loss {value.Loss:F4}  held-out AUPRC {auprc:F4}");
        }
        else if (streams.ErrorIsTerminal)
        {
            double done = (value.Epoch + value.Share) / value.Epochs;
            _firstDone ??= done;
            int filled = (int)(done * Width);
            string bar = new string('#', filled) + new string('.', Width - filled);
            streams.Error.Write($"\r[{bar}] {done,4:P0}  epoch {value.Epoch + 1}/{value.Epochs}  loss {value.Loss:F4}{TimeLeft(done)}   ");
            _hasLine = true;
        }
    }

    public void Dispose() => Clear();

    private string TimeLeft(double done)
    {
        double gained = done - _firstDone!.Value;
        TimeSpan elapsed = Stopwatch.GetElapsedTime(_started);
        return gained > 0.01 && elapsed > TimeSpan.FromSeconds(2) ? $"  {elapsed * ((1 - done) / gained):m\\:ss} left" : "";
    }

    private void Clear()
    {
        if (_hasLine)
        {
            streams.Error.Write("\r\e[2K");
            _hasLine = false;
        }
    }
}
