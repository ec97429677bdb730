namespace Picket.Evaluation;

/// <summary>One bin of the reliability diagram: predicted probability against the share that is unsafe.</summary>
/// <param name="Lower">Lower edge, inclusive.</param>
/// <param name="Upper">Upper edge, exclusive but for the last bin.</param>
/// <param name="Rows">Rows whose probability is in the bin.</param>
/// <param name="MeanProbability">Their mean probability; <see langword="null"/> when there are none.</param>
/// <param name="UnsafeShare">The share of them labelled unsafe; <see langword="null"/> when there are none.</param>
public sealed record ReliabilityBin(double Lower, double Upper, int Rows, double? MeanProbability, double? UnsafeShare)
{
    /// <summary>Bins of equal width over [0, 1], here and in <see cref="GuardMetrics.Ece"/>.</summary>
    public const int BinCount = 15;

    /// <summary>All <see cref="BinCount"/> bins, lowest first.</summary>
    public static IReadOnlyList<ReliabilityBin> Compute(IReadOnlyList<ScoredLabel> rows)
    {
        ILookup<int, ScoredLabel> byBin = rows.ToLookup(row => IndexOf(row.UnsafeProbability, BinCount));
        return [.. Enumerable.Range(0, BinCount).Select(bin => Create(bin, [.. byBin[bin]]))];
    }

    /// <summary>The bin, of <paramref name="bins"/> equal ones over [0, 1], that holds <paramref name="probability"/>.</summary>
    internal static int IndexOf(double probability, int bins) => Math.Min((int)(probability * bins), bins - 1);

    private static ReliabilityBin Create(int bin, ScoredLabel[] rows)
    {
        double lower = bin / (double)BinCount;
        double upper = (bin + 1) / (double)BinCount;
        return rows.Length == 0
            ? new ReliabilityBin(lower, upper, 0, null, null)
            : new ReliabilityBin(
                lower, upper, rows.Length, rows.Average(row => row.UnsafeProbability), rows.Count(row => row.Unsafe) / (double)rows.Length);
    }
}
