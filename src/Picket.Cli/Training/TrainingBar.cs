using Picket.Training.Optimisation;

namespace Picket.Cli;

/// <summary>Shows a training on standard error: a bar on a terminal, a line a minute elsewhere; and a line an evaluation.</summary>
internal sealed class TrainingBar(StandardStreams streams, TimeProvider clock) : IProgress<TrainingProgress>, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(60);
    private readonly ProgressLine _line = new(streams, clock);
    private readonly TrainingPace _pace = new(clock);
    private long? _told;

    public void Report(TrainingProgress value)
    {
        _pace.Add(value);
        if (value.Evaluation is { } evaluation)
        {
            string figures = string.Join("  ", evaluation.Figures.Select(static figure => $"{figure.Key} {figure.Value:F4}"));
            string best = evaluation.Best ? "  best so far" : "";
            _line.Line($"step {value.Step.Step:N0}/{value.Steps:N0}  loss {_pace.Loss:F4}  held-out {figures}{best}");
            _told = clock.GetTimestamp();
        }

        if (streams.ErrorIsTerminal)
        {
            _line.Draw((double)value.Step.Step / value.Steps, Text(value));
        }
        else if (_told is not { } told || clock.GetElapsedTime(told) >= Pause)
        {
            _line.Line(Text(value));
            _told = clock.GetTimestamp();
        }
    }

    public void Dispose() => _line.Dispose();

    private string Text(TrainingProgress value)
    {
        string speed = _pace.TokensPerSecond is { } tokens ? $"  {tokens:N0} tokens/s" : "";
        return $"step {value.Step.Step:N0}/{value.Steps:N0}  loss {_pace.Loss:F4}  lr {value.Step.LearningRate:0.00e-0}"
            + $"{speed}{_pace.Left(value)}  epoch {value.Epoch}/{value.Epochs}";
    }
}
