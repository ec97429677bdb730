using Picket.Training.Optimisation;

namespace Picket.Cli;

/// <summary>How a training goes: its loss and speed without their jitter, and the time that is left.</summary>
internal sealed class TrainingPace(TimeProvider clock)
{
    private const double LossDecay = 0.98;
    private const double SpeedDecay = 0.9;
    private readonly long _started = clock.GetTimestamp();
    private long _last = clock.GetTimestamp();
    private long _steps;
    private double _weight;
    private double _loss;
    private double _tokens;
    private double _seconds;

    /// <summary>Exponentially smoothed, without the bias of its beginning (Kingma and Ba 2015, section 3).</summary>
    public double Loss => _loss / _weight;

    /// <summary>Of the last updates; <see langword="null"/> as long as no time has passed.</summary>
    public double? TokensPerSecond => _seconds > 0 ? _tokens / _seconds : null;

    private TimeSpan Elapsed => clock.GetElapsedTime(_started);

    public void Add(TrainingProgress value)
    {
        _steps++;
        _loss = (LossDecay * _loss) + ((1 - LossDecay) * value.Step.Loss);
        _weight = (LossDecay * _weight) + (1 - LossDecay);
        double seconds = clock.GetElapsedTime(_last).TotalSeconds;
        _last = clock.GetTimestamp();

        // The first update waits for the data, one with an evaluation for the evaluation.
        if (_steps > 1 && value.Evaluation is null)
        {
            _tokens = (SpeedDecay * _tokens) + value.Step.Tokens;
            _seconds = (SpeedDecay * _seconds) + seconds;
        }
    }

    /// <summary>How long the rest takes at the speed so far, evaluations included, as <see cref="ProgressLine.TimeLeft"/> writes it.</summary>
    public string Left(TrainingProgress value) => _steps > 1
        ? ProgressLine.TimeLeft((double)_steps / value.Steps, (double)(value.Steps - value.Step.Step) / value.Steps, Elapsed)
        : "";
}
