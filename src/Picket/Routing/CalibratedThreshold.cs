namespace Picket;

/// <summary>A threshold that a calibration chose, and what it promises.</summary>
/// <remarks>
/// The promise assumes that the rows it was calibrated on and those it will meet are exchangeable: no drift, no selection, and no row that
/// guards or router learned from. It is about all inputs together, not about any one category or source.
/// </remarks>
/// <param name="Threshold">What is strictly harder is escalated; -1 for all, 1 for nothing.</param>
/// <param name="Promised">Whether the promise is made. Where not, the threshold is the safe extreme and <see cref="Says"/> has the reason.</param>
/// <param name="Share">The share of the calibration rows that it escalates.</param>
/// <param name="Exceeding">
/// The share of the rows counted that exceeds: equal to <paramref name="Share"/> for a budget, the missed share for a risk.
/// </param>
/// <param name="Bound">The one-sided upper Clopper-Pearson bound of it, at confidence 1 - delta.</param>
/// <param name="Rows">The rows counted: all for a budget, the catchable unsafe ones for a risk.</param>
/// <param name="Options">What was asked for.</param>
/// <param name="Says">One line for people.</param>
public sealed record CalibratedThreshold(
    double Threshold, bool Promised, double Share, double Exceeding, double Bound, int Rows, GuaranteeOptions Options, string Says);
