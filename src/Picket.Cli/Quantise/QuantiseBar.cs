using Picket.Models.Quantisation;

namespace Picket.Cli;

/// <summary>Shows a quantisation on standard error: a line for what was measured, and on a terminal a bar that is redrawn.</summary>
internal sealed class QuantiseBar(StandardStreams streams, double tolerance) : IProgress<QuantisationProgress>, IDisposable
{
    private readonly ProgressLine _line = new(streams);

    public void Report(QuantisationProgress value)
    {
        switch (value)
        {
            case { Stage: QuantisationStage.AllQuantised, Difference: { } difference }:
                string verdict = difference.Mean <= tolerance ? "within" : "above";
                _line.Line(
                    $"all quantised: the log-odds differ by {difference.Mean} on average, {difference.Max} at most; "
                    + $"{verdict} the tolerance, {tolerance}");
                break;
            case { Stage: QuantisationStage.Keeping, Difference: { } difference }:
                _line.Line($"{value.Unit} in fp32: {difference.Mean} on average, {difference.Max} at most");
                break;
            default:
                _line.Draw(value.Share, Text(value));
                break;
        }
    }

    public void Dispose() => _line.Dispose();

    private static string Text(QuantisationProgress value) => value.Stage switch
    {
        QuantisationStage.Writing => "writing",
        QuantisationStage.Original => "scoring with the original",
        QuantisationStage.AllQuantised => "scoring with everything quantised",
        QuantisationStage.Alone => $"alone: {value.Unit}",
        _ => $"keeping {value.Unit}",
    };
}
