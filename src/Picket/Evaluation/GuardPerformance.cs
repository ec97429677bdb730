namespace Picket.Evaluation;

/// <summary>Speed and memory of a guard over one evaluation, in the process it ran in.</summary>
/// <param name="InputsPerSecond">
/// Labelled rows over the time spent in <see cref="IGuard.ScoreAsync"/> at the evaluation's batch size; reading the data does not count.
/// <see langword="null"/> when the clock saw no time pass.
/// </param>
/// <param name="Latency">Latency of single inputs; <see langword="null"/> when not measured.</param>
/// <param name="PeakWorkingSetBytes">Peak working set of the process since it started, all guards before this one included.</param>
public sealed record GuardPerformance(double? InputsPerSecond, LatencySummary? Latency, long PeakWorkingSetBytes);

/// <summary>
/// Latency in milliseconds of calls with one input each, one after the other, after the whole run and ten more single calls have
/// warmed the guard up. Percentiles interpolate linearly between order statistics.
/// </summary>
/// <param name="Inputs">Calls measured.</param>
/// <param name="P50Ms">The median.</param>
/// <param name="P95Ms">The 95th percentile.</param>
/// <param name="P99Ms">The 99th percentile.</param>
public sealed record LatencySummary(int Inputs, double P50Ms, double P95Ms, double P99Ms);
