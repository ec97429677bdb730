using Picket.Training.Augmentation;

namespace Picket.Training.Tests.Augmentation.Filters;

public sealed class NearDuplicateFilterTests
{
    [Theory]
    [InlineData(0.8, 1)]
    [InlineData(0.8, 2)]
    [InlineData(0.6, 3)]
    public void Add_KnownPairs_FindsThemAndNoOthers(double threshold, int seed)
    {
        string[] texts = MildSentences.WithNearDuplicates(800, seed);
        var filter = new NearDuplicateFilter(new MinHashOptions { Threshold = threshold });

        bool[] found = [.. texts.Select((text, i) => filter.Add($"{i}", text) is not null)];

        bool[] known = SlowFilter(texts, threshold);
        int both = found.Zip(known).Count(static pair => pair is { First: true, Second: true });
        Assert.InRange(known.Count(static hit => hit), 100, 400);
        Assert.InRange((double)both / known.Count(static hit => hit), 0.95, 1);
        Assert.InRange((double)both / found.Count(static hit => hit), 0.95, 1);
    }

    [Fact]
    public void Add_PairsRightAtTheThreshold_AreFoundAtTheRateThatTheOptionsPromise()
    {
        var random = new Random(4);
        int pairs = 0;
        int found = 0;
        while (pairs < 300)
        {
            string[] words = MildSentences.Draw(random);
            string[] texts = [string.Join(' ', words), string.Join(' ', MildSentences.Edit(words, 1, random))];
            if (Jaccard(texts[0], texts[1]) is >= 0.8 and < 0.82)
            {
                var filter = new NearDuplicateFilter(new MinHashOptions { Seed = pairs });
                filter.Add("a", texts[0]);
                found += filter.Add("b", texts[1]) is null ? 0 : 1;
                pairs++;
            }
        }

        Assert.InRange(found / (double)pairs, 0.98, 1);
    }

    [Fact]
    public void Add_NearDuplicate_NamesTheNearestEarlierText()
    {
        var filter = new NearDuplicateFilter(new MinHashOptions { Threshold = 0.5 });
        filter.Add("far", "please tell me how I should water the tomatoes behind our house in spring");
        filter.Add("near", "please tell me how I should water the roses in front of our old garage in July");

        FilterHit? hit = filter.Add("new", "Please tell me how I should water the roses in front of our garage in July!");

        Assert.Equal((FilterRules.NearDuplicate, "near"), (hit!.Rule, hit.MatchId));
        Assert.InRange(hit.Jaccard!.Value, 0.8, 0.99);
    }

    [Fact]
    public void Add_CasePunctuationAndEvasions_AreNoDifference()
    {
        var filter = new NearDuplicateFilter();
        filter.Add("a", "Which cake doesn't need any eggs?");

        Assert.Equal(new FilterHit(FilterRules.NearDuplicate, "a", 1), filter.Add("b", "  which CAKE \u2013 doesn\u2019t n\u200Beed any eggs"));
    }

    [Fact]
    public void Add_TextsOfFewCharacters_AreComparedAsWholes()
    {
        var filter = new NearDuplicateFilter();

        IEnumerable<string> matches = new[] { "ab", "ac", "AB!", "", "?!", "?!", "" }.Select((text, i) => filter.Add($"{i}", text)?.MatchId ?? "-");

        Assert.Equal(["-", "-", "0", "-", "-", "4", "3"], matches);
    }

    [Fact]
    public void Add_KeptTextsOfAnEarlierRunFirst_GoesOnAsThatRun()
    {
        string[] texts = MildSentences.WithNearDuplicates(400, 5);
        var whole = new NearDuplicateFilter();
        FilterHit?[] hits = [.. texts.Select((text, i) => whole.Add($"{i}", text))];
        var resumed = new NearDuplicateFilter();
        foreach (int i in Enumerable.Range(0, 250).Where(i => hits[i] is null))
        {
            Assert.Null(resumed.Add($"{i}", texts[i]));
        }

        Assert.Equal(hits[250..], texts[250..].Select((text, i) => resumed.Add($"{i + 250}", text)));
    }

    [Fact]
    public void Create_OptionsOutOfRange_NamesAll()
    {
        var options = new MinHashOptions { ShingleLength = 1, Threshold = 1.5, Hashes = 100 };

        Assert.Equal(
            "shingle_length: expected 2 to 16, found 1; threshold: expected 0.3 to 1, found 1.5; "
            + "hashes: expected a multiple of 32 from 32 to 1024, found 100",
            Assert.Throws<PicketException>(() => new NearDuplicateFilter(options)).Message);
    }

    [Theory]
    [InlineData(0.8, 8, 28)]
    [InlineData(0.5, 3, 74)]
    [InlineData(1.0, 16, 14)]
    public void Bands_Threshold_AreAsNarrowAsItNeeds(double threshold, int rows, int bands)
    {
        var options = new MinHashOptions { Threshold = threshold };

        Assert.Equal((rows, bands), (options.BandRows, options.Bands));
    }

    private static bool[] SlowFilter(string[] texts, double threshold)
    {
        List<HashSet<string>> kept = [];
        return [.. texts.Select(text =>
        {
            HashSet<string> runs = Runs(text);
            bool hit = kept.Exists(other => Jaccard(runs, other) >= threshold);
            if (!hit)
            {
                kept.Add(runs);
            }

            return hit;
        })];
    }

    private static double Jaccard(string one, string other) => Jaccard(Runs(one), Runs(other));

    private static double Jaccard(HashSet<string> one, HashSet<string> other)
    {
        int common = one.Count(other.Contains);
        return common / (double)(one.Count + other.Count - common);
    }

    private static HashSet<string> Runs(string text) => [.. Enumerable.Range(0, text.Length - 4).Select(i => text.Substring(i, 5))];
}
