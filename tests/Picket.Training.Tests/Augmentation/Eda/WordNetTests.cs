using Picket.Testing;
using Picket.Training.Augmentation;

namespace Picket.Training.Tests.Augmentation.Eda;

public sealed class WordNetTests
{
    [Theory]
    [InlineData("car", "auto,motor vehicle,railcar")]
    [InlineData("coach", "bus,train")]
    [InlineData("Large", "big")]
    [InlineData("buses", "bus,coach")]
    [InlineData("baking", "bake,cook")]
    [InlineData("axes", "axis,Axis of rotation")]
    [InlineData("motor vehicle", "car,auto")]
    [InlineData("rapidly", "quickly")]
    [InlineData("tomato", "")]
    [InlineData("s", "")]
    public void Of_Word_IsTheWordsOfItsSynsets(string word, string expected)
    {
        using var tiny = new TinyWordNet();

        Assert.Equal(expected, string.Join(',', WordNet.Load(tiny.Folder).Of(word)));
    }

    [Fact]
    public void Load_NoFolder_SaysWhereOneComesFrom()
    {
        using var folder = new ScratchFolder();

        Assert.Equal(
            $"{folder["wordnet"]}: expected a folder with a WordNet database, found none (Debian's package wordnet-base puts one into "
            + "/usr/share/wordnet)",
            Assert.Throws<PicketException>(() => WordNet.Load(folder["wordnet"])).Message);
    }

    [Fact]
    public void Load_FileMissing_NamesIt()
    {
        using var tiny = new TinyWordNet();
        File.Delete(tiny["data.adj"]);

        Assert.StartsWith(
            $"{tiny["data.adj"]}: expected a file of a WordNet database: ",
            Assert.Throws<PicketException>(() => WordNet.Load(tiny.Folder)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tomato n 1 0")]
    [InlineData("tomato n 2 0 2 0 00000001")]
    [InlineData("tomato n x 0 1 0 00000001")]
    [InlineData("tomato n 1 0 1 0 here")]
    public void Load_BadLine_NamesIt(string line)
    {
        using var tiny = new TinyWordNet();
        File.WriteAllText(tiny["index.adv"], $"  1 heading\n{line}\n");

        string message = Assert.Throws<PicketException>(() => WordNet.Load(tiny.Folder)).Message;

        Assert.StartsWith($"{tiny["index.adv"]}:2: expected ", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(99_999_999)]
    public void Of_IndexOfAnotherDatabase_SaysSo(int offset)
    {
        using var tiny = new TinyWordNet();
        File.WriteAllText(tiny["index.adv"], $"soon r 1 0 1 0 {offset:D8}\n");

        Assert.Equal(
            $"{tiny["data.adv"]}: expected a synset at byte {offset}, found none: data and index are not of one database",
            Assert.Throws<PicketException>(() => WordNet.Load(tiny.Folder).Of("soon")).Message);
    }

    [Fact]
    public void Of_PublishedDatabase_KnowsWordsOfAllParts()
    {
        var synonyms = WordNet.Load(SharedFolder.RequireExisting(WordNet.DefaultFolder, "needs Debian's wordnet-base"));

        Assert.Superset(new HashSet<string> { "auto", "automobile", "railcar", "cable car" }, synonyms.Of("cars").ToHashSet());
        Assert.Contains("purchase", synonyms.Of("bought"));
        Assert.Contains("big", synonyms.Of("larger"));
        Assert.Contains("rapidly", synonyms.Of("quickly"));
        Assert.All(synonyms.Of("galore"), static synonym => Assert.DoesNotContain('(', synonym));
    }
}
