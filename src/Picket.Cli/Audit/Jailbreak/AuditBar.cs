using Picket.Chat;

namespace Picket.Cli;

/// <summary>Shows an audit on standard error: a line where an earlier run is continued, and on a terminal a bar that is redrawn.</summary>
internal sealed class AuditBar(StandardStreams streams, string journal, TimeProvider clock) : IProgress<AuditProgress>, IDisposable
{
    private readonly Lock _gate = new();
    private readonly ProgressLine _line = new(streams, clock);
    private AuditProgress? _last;
    private long _since;

    public void Report(AuditProgress value)
    {
        // Several requests end at a time.
        lock (_gate)
        {
            if (_last is null)
            {
                _since = clock.GetTimestamp();
                if (value.Resumed > 0)
                {
                    _line.Line($"continuing from {journal}: {value.Resumed:N0} answers are there");
                }
            }

            _last = value;
            double share = (double)value.Done / value.Total;
            string left = ProgressLine.TimeLeft((double)(value.Done - value.Resumed) / value.Total, 1 - share, clock.GetElapsedTime(_since));
            _line.Draw(share, $"{value.Done:N0} of {value.Total:N0} trials{left}");
        }
    }

    /// <summary>Says that nothing is lost.</summary>
    public void Kept()
    {
        lock (_gate)
        {
            if (_last is { Done: > 0 } last)
            {
                _line.Line($"at least {last.Done:N0} answers are kept in {journal}; the same command continues");
            }
        }
    }

    public void Dispose() => _line.Dispose();
}
