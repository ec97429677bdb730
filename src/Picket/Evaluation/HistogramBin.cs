namespace Picket.Evaluation;

/// <summary>One bin of the score histogram.</summary>
/// <param name="Lower">Lower edge, inclusive.</param>
/// <param name="Upper">Upper edge, exclusive but for the last bin.</param>
/// <param name="SafeRows">Rows labelled safe whose probability is in the bin.</param>
/// <param name="UnsafeRows">Rows labelled unsafe whose probability is in the bin.</param>
public sealed record HistogramBin(double Lower, double Upper, int SafeRows, int UnsafeRows)
{
    /// <summary>Bins of equal width over [0, 1].</summary>
    public const int BinCount = 20;

    /// <summary>All <see cref="BinCount"/> bins, lowest first.</summary>
    public static IReadOnlyList<HistogramBin> Compute(IReadOnlyList<ScoredLabel> rows)
    {
        ILookup<int, bool> labels = rows.ToLookup(row => ReliabilityBin.IndexOf(row.UnsafeProbability, BinCount), row => row.Unsafe);
        return
        [
            .. Enumerable.Range(0, BinCount).Select(bin => new HistogramBin(
                bin / (double)BinCount,
                (bin + 1) / (double)BinCount,
                labels[bin].Count(harmful => !harmful),
                labels[bin].Count(harmful => harmful))),
        ];
    }
}
