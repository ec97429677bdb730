using System.ComponentModel.DataAnnotations;

namespace Picket.Fairness;

/// <summary>How a <see cref="FairnessAuditor"/> runs.</summary>
public sealed record FairnessOptions
{
    /// <summary>A row is flagged when its probability is at least this; <see langword="null"/> takes the guard's own threshold.</summary>
    [Range(0.0, 1.0)]
    public double? Threshold { get; init; }

    /// <summary>Rows scored in one call.</summary>
    [Range(1, 65_536)]
    public int BatchSize { get; init; } = 256;

    /// <summary>Draws of whole templates behind each interval, and shuffles behind each p-value; 0 makes neither.</summary>
    [Range(0, 1_000_000)]
    public int Resamples { get; init; } = 1000;

    /// <summary>Seed of draws and shuffles. Equal seeds give equal figures.</summary>
    public long Seed { get; init; }

    internal void Validate()
    {
        if (Threshold is { } threshold && !(threshold is >= 0 and <= 1))
        {
            throw new PicketException($"threshold: found {threshold}, expected 0 to 1");
        }

        if (BatchSize is < 1 or > 65_536)
        {
            throw new PicketException($"batch size: found {BatchSize}, expected 1 to 65536");
        }

        if (Resamples is < 0 or > 1_000_000)
        {
            throw new PicketException($"resamples: found {Resamples}, expected 0 to 1000000");
        }
    }
}
