using Picket.Testing;
using Picket.Training.Augmentation;

namespace Picket.Training.Tests.Augmentation.Filters;

public sealed class DecontaminatorTests
{
    private const string Row = "My neighbour grows tomatoes and beans and a few rows of corn behind the old garage, and asks how to keep them.";

    [Fact]
    public void Check_SameWords_IsExact() =>
        Assert.Equal(new FilterHit(FilterRules.EvaluationExact, "r1"), Known().Check(Row.ToUpperInvariant()));

    [Fact]
    public void Check_ThirteenWordsInARow_IsNGram()
    {
        const string Text = "Write a song in which grows tomatoes and beans and a few rows of corn behind the old is the refrain of every verse";

        Assert.Equal(new FilterHit(FilterRules.EvaluationNGram, "r1"), Known().Check(Text));
    }

    [Fact]
    public void Check_TwelveWordsInARow_IsClean() =>
        Assert.Null(Known().Check("Write a song in which grows tomatoes and beans and a few rows of corn behind the is the refrain of every verse"));

    [Fact]
    public void Check_WordsChangedHereAndThere_IsNearDuplicate()
    {
        FilterHit? hit = Known().Check("My neighbour grows tomatoes and beans and six rows of corn behind the old garage and asks how to keep it.");

        Assert.Equal((FilterRules.EvaluationNearDuplicate, "r1"), (hit!.Rule, hit.MatchId));
        Assert.InRange(hit.Jaccard!.Value, 0.8, 1);
    }

    [Fact]
    public void Check_UnrelatedText_IsClean() => Assert.Null(Known().Check("Which bus goes to the harbour on a Sunday morning in winter?"));

    [Fact]
    public async Task AddFileAsync_File_HitsNameFileAndIdOrRow()
    {
        using var folder = new ScratchFolder();
        await File.WriteAllTextAsync(
            folder["test.jsonl"],
            """
            {"id":"x7","prompt":"How long do eggs boil?","unsafe":0}
            {"id":"an id that may be a text","prompt":"How long does rice boil?","unsafe":0}

            """,
            TestContext.Current.CancellationToken);
        var known = new Decontaminator();
        await known.AddFileAsync(folder["test.jsonl"], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(2, known.Rows);
        Assert.Equal("test.jsonl:x7", known.Check("how long do eggs boil")!.MatchId);
        Assert.Equal("test.jsonl:2", known.Check("how long does rice boil")!.MatchId);
    }

    [Fact]
    public void Create_OptionsOutOfRange_NamesAll()
    {
        var options = new DecontaminationOptions { NGramLength = 2, MinHash = new MinHashOptions { Threshold = 0 } };

        Assert.Equal(
            "n_gram_length: expected 5 to 50, found 2; min_hash.threshold: expected 0.3 to 1, found 0",
            Assert.Throws<PicketException>(() => new Decontaminator(options)).Message);
    }

    private static Decontaminator Known()
    {
        var known = new Decontaminator();
        known.Add("r0", "How long do eggs boil?");
        known.Add("r1", Row);
        return known;
    }
}
