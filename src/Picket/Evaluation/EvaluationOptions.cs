using System.ComponentModel.DataAnnotations;

namespace Picket.Evaluation;

/// <summary>How an <see cref="Evaluator"/> runs.</summary>
public sealed record EvaluationOptions
{
    /// <summary>A row is flagged when its probability is at least this; <see langword="null"/> takes the guard's own threshold.</summary>
    [Range(0.0, 1.0)]
    public double? Threshold { get; init; }

    /// <summary>Rows scored in one call.</summary>
    [Range(1, 65_536)]
    public int BatchSize { get; init; } = 32;

    /// <summary>Inputs whose latency is measured, drawn evenly from the labelled rows; 0 measures none.</summary>
    [Range(0, 100_000)]
    public int LatencyInputs { get; init; } = 200;

    /// <summary>Bootstrap resamples behind each interval; 0 makes none.</summary>
    [Range(0, 1_000_000)]
    public int Resamples { get; init; } = 1000;

    /// <summary>Seed of the bootstrap and of the choice of inputs whose latency is measured.</summary>
    public long Seed { get; init; }

    internal void Validate()
    {
        if (BatchSize is < 1 or > 65_536)
        {
            throw new PicketException($"batch size: found {BatchSize}, expected 1 to 65536");
        }

        if (LatencyInputs is < 0 or > 100_000)
        {
            throw new PicketException($"latency inputs: found {LatencyInputs}, expected 0 to 100000");
        }

        MetricsFor(Threshold ?? 0.5).Validate();
    }

    internal MetricsOptions MetricsFor(double threshold) => new() { Threshold = threshold, Resamples = Resamples, Seed = Seed };
}
