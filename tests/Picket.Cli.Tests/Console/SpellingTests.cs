namespace Picket.Cli.Tests.Console;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "abc", 0)]
    [InlineData("abc", "acb", 1)]
    [InlineData("kitten", "sitting", 3)]
    public void Edits_TwoWords_CountsThem(string left, string right, int expected)
    {
        Assert.Equal(expected, Spelling.Edits(left, right));
        Assert.Equal(expected, Spelling.Edits(right, left));
    }

    [Theory]
    [InlineData("tran", "train")]
    [InlineData("evaluate", null)]
    public void Nearest_Word_GivesWhatWasMeantOrNothing(string word, string? expected)
    {
        Assert.Equal(expected, Spelling.Nearest(word, ["check", "eval", "train"]));
    }
}
