using System.Diagnostics;
using Picket.Training.Labelling;

namespace Picket.Cli;

/// <summary>Shows a labelling on standard error: a line where an earlier run is continued, and on a terminal a bar that is redrawn.</summary>
internal sealed class LabelBar(StandardStreams streams, string journal) : IProgress<LabelProgress>, IDisposable
{
    private readonly ProgressLine _line = new(streams);
    private long? _scoringSince;

    /// <summary>How far the scoring came; all zeros before it began.</summary>
    public LabelProgress Scored { get; private set; }

    public void Report(LabelProgress value)
    {
        switch (value.Stage)
        {
            case LabelStage.Checking:
                _line.Draw(0, $"checking, {value.Rows:N0} rows");
                break;
            case LabelStage.Scoring:
                ReportScoring(value);
                break;
            default:
                _line.Draw((double)value.Rows / value.Total, $"writing, {value.Rows:N0} of {value.Total:N0} rows");
                break;
        }
    }

    public void Dispose() => _line.Dispose();

    private void ReportScoring(LabelProgress value)
    {
        if (_scoringSince is null)
        {
            _scoringSince = Stopwatch.GetTimestamp();
            if (value.Resumed > 0)
            {
                _line.Line($"continuing from {journal}: {value.Resumed:N0} of {value.Total:N0} rows are scored");
            }
        }

        Scored = value;
        TimeSpan elapsed = Stopwatch.GetElapsedTime(_scoringSince.Value);
        int gained = value.Rows - value.Resumed;
        string rate = gained > 0 && elapsed > TimeSpan.Zero ? $"  {gained / elapsed.TotalSeconds:N0} rows/s" : "";
        string left = ProgressLine.TimeLeft((double)gained / value.Total, (double)(value.Total - value.Rows) / value.Total, elapsed);
        _line.Draw((double)value.Rows / value.Total, $"{value.Rows:N0} of {value.Total:N0} rows{rate}{left}");
    }
}
