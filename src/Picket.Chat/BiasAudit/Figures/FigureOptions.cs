namespace Picket.Chat;

/// <summary>How figures get their intervals and p-values.</summary>
public sealed record FigureOptions
{
    /// <summary>Draws of behaviours behind each interval; 0 makes none. Default: 2,000.</summary>
    public int Resamples { get; init; } = 2000;

    /// <summary>Shuffles behind each p-value, 1 or more. Default: 10,000.</summary>
    public int Shuffles { get; init; } = 10_000;

    /// <summary>Seed of both. Default: 0.</summary>
    public long Seed { get; init; }
}
