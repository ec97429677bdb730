using Picket.Training.Augmentation;

namespace Picket.Training.Tests.Augmentation.Eda;

public sealed class EdaAugmenterTests
{
    private const string Text = "How do I bake a large cake for my neighbour, and how long does the cake stay fresh?";
    private static readonly EdaOptions Off = new() { SynonymRate = 0, InsertionRate = 0, SwapRate = 0, DeletionRate = 0, Copies = 8 };

    [Fact]
    public void Augment_SameSeedAndRow_IsTheSame()
    {
        Assert.Equal(Augment(new EdaOptions(), 3), Augment(new EdaOptions(), 3));
        Assert.NotEqual(Augment(new EdaOptions(), 3), Augment(new EdaOptions(), 4));
        Assert.NotEqual(Augment(new EdaOptions(), 3), Augment(new EdaOptions { Seed = 1 }, 3));
    }

    [Fact]
    public void Augment_FourCopies_AreOneOfEachOperation()
    {
        string[] words = Text.Split(' ');
        IReadOnlyList<string> copies = Augment(new EdaOptions { DeletionRate = 0.5 }, 0);

        Assert.Equal(4, copies.Count);
        Assert.Single(copies, copy => copy.Split(' ').Length < words.Length);
        Assert.Single(copies, copy => copy.Split(' ').Length > words.Length);
        Assert.Single(copies, copy => copy.Split(' ').Length == words.Length && copy.Split(' ').Order().SequenceEqual(words.Order()));
    }

    [Fact]
    public void Augment_SynonymReplacement_KeepsStopWordsCaseAndSigns() =>
        Assert.All(
            new EdaAugmenter(new FakeSynonyms(), Off with { SynonymRate = 1 }).Augment("The Cake, my cake: \"fresh\" don't!", 0),
            static copy => Assert.Equal("The Cake-x, my cake-x: \"fresh-x\" don't!", copy));

    [Theory]
    [InlineData(0.1, 1)]
    [InlineData(0.25, 4)]
    public void Augment_Insertion_InsertsSynonymsOfTheTextsWords(double rate, int inserted)
    {
        foreach (string copy in Augment(Off with { InsertionRate = rate }, 0))
        {
            string[] added = [.. copy.Split(' ').Except(Text.Split(' '))];
            Assert.Equal(Text.Split(' ').Length + inserted, copy.Split(' ').Length);
            Assert.All(added, static word => Assert.EndsWith("-x", word, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Augment_Swap_ChangesTwoPlacesOfTheSameWords()
    {
        string[] words = Text.Split(' ');

        Assert.All(Augment(Off with { SwapRate = 0.01 }, 0), copy => Assert.Equal(2, copy.Split(' ').Zip(words).Count(p => p.First != p.Second)));
    }

    [Fact]
    public void Augment_Deletion_LeavesOutTheShareAndKeepsAWord()
    {
        var augmenter = new EdaAugmenter(new FakeSynonyms(), Off with { DeletionRate = 0.3, Copies = 1 });
        string text = string.Join(' ', Enumerable.Range(0, 200));
        int left = Enumerable.Range(0, 50).Sum(row => augmenter.Augment(text, row)[0].Split(' ').Length);

        Assert.InRange(left / 10_000.0, 0.68, 0.72);
        Assert.All(
            new EdaAugmenter(new FakeSynonyms(), Off with { DeletionRate = 1 }).Augment("two words", 0),
            static copy => Assert.DoesNotContain(' ', copy));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    [InlineData("of")]
    public void Augment_NothingToChange_IsEmpty(string text) =>
        Assert.Empty(new EdaAugmenter(new FakeSynonyms()).Augment(text, 0));

    [Theory]
    [InlineData(500, 16)]
    [InlineData(2000, 8)]
    [InlineData(2001, 4)]
    public void CopiesFor_Rows_IsThePapersTable(int rows, int copies) => Assert.Equal(copies, EdaOptions.CopiesFor(rows));

    [Fact]
    public void Create_OptionsOutOfRange_NamesAll() =>
        Assert.Equal(
            "synonym_rate, insertion_rate, swap_rate, deletion_rate: expected one above 0, found 0; copies: expected 1 to 64, found 0",
            Assert.Throws<PicketException>(() => new EdaAugmenter(new FakeSynonyms(), Off with { Copies = 0 })).Message);

    private static IReadOnlyList<string> Augment(EdaOptions options, long row) => new EdaAugmenter(new FakeSynonyms(), options).Augment(Text, row);

    /// <summary>Every word has one synonym, which shows whose it is.</summary>
    private sealed class FakeSynonyms : ISynonyms
    {
        public IReadOnlyList<string> Of(string word) => word.EndsWith("-x", StringComparison.Ordinal) ? [] : [$"{word}-x"];
    }
}
