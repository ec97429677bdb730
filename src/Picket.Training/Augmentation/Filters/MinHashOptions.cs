namespace Picket.Training.Augmentation;

/// <summary>When two texts count as near duplicates, and how candidates are found.</summary>
public sealed record MinHashOptions
{
    // Of pairs right at the threshold at most one in a hundred is missed; of closer ones far fewer.
    private const double RecallAtThreshold = 0.99;

    /// <summary>
    /// Characters in a shingle, 2 to 16. Default: 5, the usual choice for short texts (Leskovec, Rajaraman, Ullman: Mining of Massive Datasets,
    /// section 3.2.2): one word changed in a sentence of fifteen leaves a Jaccard index of about 0.8, where three-word shingles leave 0.6.
    /// </summary>
    public int ShingleLength { get; init; } = 5;

    /// <summary>Near duplicates have at least this Jaccard index of their shingle sets, in [0.3, 1]. Default: 0.8.</summary>
    public double Threshold { get; init; } = 0.8;

    /// <summary>
    /// Hash functions in a signature: a multiple of 32 from 32 to 1024. Default: 224, which at a threshold of 0.8 makes 28 bands of 8: a pair at
    /// 0.8 is found with a probability of 1 - (1 - 0.8^8)^28 = 0.994, and one at 0.5 becomes a candidate with one of 0.10.
    /// </summary>
    public int Hashes { get; init; } = 224;

    /// <summary>Chooses the hash functions. Default: 0.</summary>
    public long Seed { get; init; }

    /// <summary>
    /// Rows in a band, the most that find a pair at the threshold with a probability of 0.99: more rows mean fewer needless comparisons.
    /// </summary>
    internal int BandRows => Enumerable.Range(1, 16).LastOrDefault(rows => Found(rows) >= RecallAtThreshold, 1);

    internal int Bands => Hashes / BandRows;

    /// <summary>
    /// Places of a signature below which a pair is not compared: two and a half standard deviations below what a pair at the threshold has, so
    /// that one in 160 of those is missed.
    /// </summary>
    internal int FewestAgreeing => (int)Math.Floor((Hashes * Threshold) - (2.5 * Math.Sqrt(Hashes * Threshold * (1 - Threshold))));

    /// <summary>What is out of its range; none when all is well.</summary>
    public IReadOnlyList<SettingFault> Faults() => SettingFault.Of(
        (ShingleLength is >= 2 and <= 16, "shingle_length", "2 to 16", ShingleLength),
        (Threshold is >= 0.3 and <= 1, "threshold", "0.3 to 1", Threshold),
        (Hashes is >= 32 and <= 1024 && Hashes % MinHash.Step == 0, "hashes", "a multiple of 32 from 32 to 1024", Hashes));

    private double Found(int rows) => 1 - Math.Pow(1 - Math.Pow(Threshold, rows), Hashes / rows);
}
