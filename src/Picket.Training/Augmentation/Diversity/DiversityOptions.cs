namespace Picket.Training.Augmentation;

/// <summary>How <see cref="DiversityFigures"/> is measured.</summary>
public sealed record DiversityOptions
{
    /// <summary>
    /// Texts that are compared with each other, 2 to 50,000; time grows with the square. Default: 5,000, which is 12.5 million pairs.
    /// </summary>
    public int Sample { get; init; } = 5000;

    /// <summary>Texts whose words and runs of words are counted, 1 to 10,000,000. Default: 20,000.</summary>
    public int DistinctSample { get; init; } = 20_000;

    /// <summary>
    /// Texts with at least this Jaccard index are in one cluster, in (0, 1]. Default: 0.5, below the filter's 0.8, which leaves no closer pair.
    /// </summary>
    public double ClusterThreshold { get; init; } = 0.5;

    /// <summary>Shingles and hash functions; its threshold has no part in this.</summary>
    public MinHashOptions MinHash { get; init; } = new();

    /// <summary>Chooses the samples. Default: 0.</summary>
    public long Seed { get; init; }

    /// <summary>What is out of its range; none when all is well.</summary>
    public IReadOnlyList<SettingFault> Faults() =>
    [
        .. SettingFault.Of(
            (Sample is >= 2 and <= 50_000, "sample", "2 to 50000", Sample),
            (DistinctSample is >= 1 and <= 10_000_000, "distinct_sample", "1 to 10000000", DistinctSample),
            (ClusterThreshold is > 0 and <= 1, "cluster_threshold", "above 0, at most 1", ClusterThreshold)),
        .. MinHash.Faults().Select(static fault => fault.Under("min_hash")),
    ];
}
