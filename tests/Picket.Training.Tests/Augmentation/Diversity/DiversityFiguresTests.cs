using Picket.Training.Augmentation;

namespace Picket.Training.Tests.Augmentation.Diversity;

public sealed class DiversityFiguresTests
{
    [Fact]
    public void Of_Texts_CountsDifferentRunsOfWords()
    {
        DiversityFigures figures = DiversityFigures.Of(["A cat, a dog.", "a CAT", "dog", ""]);

        Assert.Equal((4, 3 / 7.0, 3 / 4.0, 2 / 2.0), (figures.Texts, figures.Distinct1, figures.Distinct2, figures.Distinct3));
    }

    [Fact]
    public void Of_SmallSet_IsAsTheExactJaccardIndexHasIt()
    {
        string[] texts = MildSentences.WithNearDuplicates(120, 6);
        uint[][] sets = [.. texts.Select(static text => Shingles.Of(text, 5))];
        double[] pairs = [.. Enumerable.Range(0, 120).SelectMany(i => Enumerable.Range(0, i).Select(j => Shingles.Jaccard(sets[i], sets[j])))];

        DiversityFigures figures = DiversityFigures.Of(texts);

        Assert.Equal(pairs.Average(), figures.SelfSimilarity!.Value, 0.005);
        Assert.Equal(120, figures.Sample);
    }

    [Fact]
    public void Of_ChainsOfNearTexts_AreOneClusterEach()
    {
        string[] chain = ["two three four five six seven eight", "two three four five six seven nine", "two three four five ten seven nine"];
        string[] texts = [.. chain, "what is there for dinner", "What is there for dinner?", "a river in the winter"];

        Assert.Equal(3, DiversityFigures.Of(texts, new DiversityOptions { ClusterThreshold = 0.5 }).Clusters);
        Assert.Equal(5, DiversityFigures.Of(texts, new DiversityOptions { ClusterThreshold = 1 }).Clusters);
    }

    [Fact]
    public void Of_Sample_IsDrawnBySeed()
    {
        string[] texts = MildSentences.WithNearDuplicates(300, 7);
        DiversityFigures Sampled(long seed) =>
            DiversityFigures.Of(texts, new DiversityOptions { Sample = 50, Seed = seed });

        Assert.Equal(50, Sampled(1).Sample);
        Assert.Equal(Sampled(1), Sampled(1));
        Assert.NotEqual(Sampled(1).SelfSimilarity, Sampled(2).SelfSimilarity);
    }

    [Fact]
    public void Of_MoreTextsThanTheSample_CountsRunsOfTheSampleAlone()
    {
        string[] texts = [.. Enumerable.Range(0, 100).Select(static i => $"word{i}")];

        DiversityFigures figures = DiversityFigures.Of([.. texts, .. texts], new DiversityOptions { DistinctSample = 10 });
        DiversityFigures all = DiversityFigures.Of([.. texts, .. texts]);

        Assert.Equal((10, 200), (figures.DistinctSample, figures.Sample));
        Assert.True(figures.Distinct1 > 0.5);
        Assert.Equal((200, 0.5), (all.DistinctSample, all.Distinct1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Of_TooFewTexts_LeavesFiguresUndefined(int count)
    {
        DiversityFigures figures = DiversityFigures.Of([.. Enumerable.Repeat("word", count)]);

        Assert.Equal((null, null, count), (figures.SelfSimilarity, figures.Distinct2, figures.Clusters));
    }

    [Fact]
    public void Of_OptionsOutOfRange_NamesAll() =>
        Assert.Equal(
            "sample: expected 2 to 50000, found 1; distinct_sample: expected 1 to 10000000, found 0; cluster_threshold: expected above 0, at most 1, found 0; "
            + "min_hash.hashes: expected a multiple of 32 from 32 to 1024, found 17",
            Assert.Throws<PicketException>(() => DiversityFigures.Of(
                [], new DiversityOptions { Sample = 1, DistinctSample = 0, ClusterThreshold = 0, MinHash = new MinHashOptions { Hashes = 17 } })).Message);
}
