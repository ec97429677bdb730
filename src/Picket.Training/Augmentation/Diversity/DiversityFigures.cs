using Picket.Training.Optimisation;

namespace Picket.Training.Augmentation;

/// <summary>How varied a set of texts is. Words and shingles are taken as the filters take them: lower case, without punctuation.</summary>
public sealed record DiversityFigures
{
    /// <summary>All texts.</summary>
    public required int Texts { get; init; }

    /// <summary>Texts in the sample that distinct-n is of. It falls with their number: compare sets of one size.</summary>
    public required int DistinctSample { get; init; }

    /// <summary>Different words over all words (Li et al. 2016, arXiv 1510.03055), in [0, 1]; <see langword="null"/> without any.</summary>
    public double? Distinct1 { get; init; }

    /// <summary>Different pairs of neighbouring words over all such pairs.</summary>
    public double? Distinct2 { get; init; }

    /// <summary>Different runs of three words over all such runs.</summary>
    public double? Distinct3 { get; init; }

    /// <summary>Texts in the sample that the following figures are of, a part of the other one where that is larger.</summary>
    public required int Sample { get; init; }

    /// <summary>
    /// Mean Jaccard index of all pairs of the sample, estimated by MinHash signatures, in [0, 1]: 0 for texts that share nothing;
    /// <see langword="null"/> for fewer than two texts.
    /// </summary>
    public double? SelfSimilarity { get; init; }

    /// <summary>Clusters of the sample by single linkage of pairs at or above the threshold; as many as texts where none are alike.</summary>
    public required int Clusters { get; init; }

    /// <summary>The Jaccard index that links two texts.</summary>
    public required double ClusterThreshold { get; init; }

    /// <summary>Measures texts, or samples of them that the seed draws. The same texts and seed give the same.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="options">Samples, threshold, seed; the defaults when <see langword="null"/>.</param>
    /// <exception cref="PicketException">An option is out of its range; all faults are named.</exception>
    public static DiversityFigures Of(IReadOnlyList<string> texts, DiversityOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        options ??= new DiversityOptions();
        SettingFault.ThrowIfAny(options.Faults());
        string[] words = [.. Drawn(texts, Math.Max(options.Sample, options.DistinctSample), options.Seed).Select(FilterText.Of)];
        ReadOnlySpan<string> varied = words.AsSpan(0, Math.Min(options.DistinctSample, words.Length));
        uint[][] sample = Signatures(words.AsSpan(0, Math.Min(options.Sample, words.Length)), options.MinHash);
        var clusters = new Clusters(sample.Length);
        double sum = 0;
        for (int i = 0; i < sample.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double similarity = MinHash.Estimate(sample[i], sample[j]);
                sum += similarity;
                if (similarity >= options.ClusterThreshold)
                {
                    clusters.Link(i, j);
                }
            }
        }

        return new DiversityFigures
        {
            Texts = texts.Count,
            DistinctSample = varied.Length,
            Distinct1 = Distinct(varied, 1),
            Distinct2 = Distinct(varied, 2),
            Distinct3 = Distinct(varied, 3),
            Sample = sample.Length,
            SelfSimilarity = sample.Length < 2 ? null : sum / (sample.Length * (sample.Length - 1L) / 2),
            Clusters = clusters.Count,
            ClusterThreshold = options.ClusterThreshold,
        };
    }

    private static double? Distinct(ReadOnlySpan<string> texts, int length)
    {
        var different = new HashSet<ulong>();
        long all = 0;
        foreach (string text in texts)
        {
            foreach (ulong run in text.Length == 0 ? [] : WordRuns.Of(text, length))
            {
                different.Add(run);
                all++;
            }
        }

        return all == 0 ? null : (double)different.Count / all;
    }

    // The first places of a shuffle.
    private static IEnumerable<string> Drawn(IReadOnlyList<string> texts, int count, long seed)
    {
        int[] order = [.. Enumerable.Range(0, texts.Count)];
        var random = new SplitMix(SplitMix.Seed(seed));
        for (int i = 0; i < Math.Min(count, order.Length); i++)
        {
            int other = i + random.Below(order.Length - i);
            (order[i], order[other]) = (order[other], order[i]);
            yield return texts[order[i]];
        }
    }

    private static uint[][] Signatures(ReadOnlySpan<string> words, MinHashOptions options)
    {
        var hash = new MinHash(options.Hashes, options.Seed);
        uint[][] signatures = new uint[words.Length][];
        for (int i = 0; i < words.Length; i++)
        {
            signatures[i] = hash.Sign(Shingles.Of(words[i], options.ShingleLength));
        }

        return signatures;
    }
}
