namespace Picket.Evaluation;

/// <summary>Rows by label and by whether they were flagged; unsafe is the positive class.</summary>
/// <param name="TruePositives">Unsafe and flagged.</param>
/// <param name="FalsePositives">Safe and flagged.</param>
/// <param name="TrueNegatives">Safe and passed.</param>
/// <param name="FalseNegatives">Unsafe and passed.</param>
public sealed record ConfusionMatrix(int TruePositives, int FalsePositives, int TrueNegatives, int FalseNegatives)
{
    /// <summary>Counts <paramref name="rows"/>; flagged is a probability of at least <paramref name="threshold"/>.</summary>
    public static ConfusionMatrix Compute(IReadOnlyList<ScoredLabel> rows, double threshold) => new(
        rows.Count(row => row.Unsafe && row.UnsafeProbability >= threshold),
        rows.Count(row => !row.Unsafe && row.UnsafeProbability >= threshold),
        rows.Count(row => !row.Unsafe && row.UnsafeProbability < threshold),
        rows.Count(row => row.Unsafe && row.UnsafeProbability < threshold));
}
