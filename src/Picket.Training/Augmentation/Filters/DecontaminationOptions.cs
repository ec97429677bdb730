namespace Picket.Training.Augmentation;

/// <summary>When a text counts as taken from an evaluation row.</summary>
public sealed record DecontaminationOptions
{
    /// <summary>
    /// Words in a run that no evaluation row may share, 5 to 50. Default: 13 (Brown et al. 2020, arXiv 2005.14165, appendix C). Shorter texts
    /// are compared as wholes alone.
    /// </summary>
    public int NGramLength { get; init; } = 13;

    /// <summary>When a text is nearly an evaluation row.</summary>
    public MinHashOptions MinHash { get; init; } = new();

    /// <summary>What is out of its range; none when all is well.</summary>
    public IReadOnlyList<SettingFault> Faults() =>
    [
        .. SettingFault.Of((NGramLength is >= 5 and <= 50, "n_gram_length", "5 to 50", NGramLength)),
        .. MinHash.Faults().Select(static fault => fault.Under("min_hash")),
    ];
}
