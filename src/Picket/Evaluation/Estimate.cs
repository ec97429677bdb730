namespace Picket.Evaluation;

/// <summary>A figure and, where one was made, its 95 % bootstrap percentile interval.</summary>
/// <param name="Value">The figure on the rows as they are.</param>
/// <param name="Low">The 2.5th percentile over the resamples; <see langword="null"/> when no interval was made.</param>
/// <param name="High">The 97.5th percentile over the resamples; <see langword="null"/> when no interval was made.</param>
public sealed record Estimate(double Value, double? Low = null, double? High = null);
