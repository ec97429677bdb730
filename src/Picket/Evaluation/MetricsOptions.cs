using System.ComponentModel.DataAnnotations;

namespace Picket.Evaluation;

/// <summary>How metrics are computed.</summary>
public sealed record MetricsOptions
{
    /// <summary>A row is flagged when its probability is at least this.</summary>
    [Range(0.0, 1.0)]
    public double Threshold { get; init; } = 0.5;

    /// <summary>Bootstrap resamples behind each interval; 0 makes none.</summary>
    [Range(0, 1_000_000)]
    public int Resamples { get; init; } = 1000;

    /// <summary>Seed of the bootstrap. Equal seeds give equal intervals, whatever the number of threads.</summary>
    public long Seed { get; init; }

    /// <summary>Threads the resamples are spread over; 0 takes one a processor.</summary>
    [Range(0, 1024)]
    public int Threads { get; init; }

    internal void Validate()
    {
        if (!(Threshold is >= 0 and <= 1))
        {
            throw new PicketException($"threshold: found {Threshold}, expected 0 to 1");
        }

        if (Resamples is < 0 or > 1_000_000)
        {
            throw new PicketException($"resamples: found {Resamples}, expected 0 to 1000000");
        }

        if (Threads is < 0 or > 1024)
        {
            throw new PicketException($"threads: found {Threads}, expected 0 to 1024");
        }
    }
}
