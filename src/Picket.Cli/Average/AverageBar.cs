using Picket.Training.Distillation;

namespace Picket.Cli;

/// <summary>Shows on a terminal how far an average has come.</summary>
internal sealed class AverageBar(StandardStreams streams) : IProgress<AverageProgress>, IDisposable
{
    private readonly ProgressLine _line = new(streams);

    public void Report(AverageProgress value) =>
        _line.Draw((double)value.Place / value.Total, $"scoring with {value.Scoring}, {value.Place + 1} of {value.Total}");

    public void Dispose() => _line.Dispose();
}
