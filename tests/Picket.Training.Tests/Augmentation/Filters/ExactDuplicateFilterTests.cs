using Picket.Training.Augmentation;

namespace Picket.Training.Tests.Augmentation.Filters;

public sealed class ExactDuplicateFilterTests
{
    [Fact]
    public void Add_SameWords_NamesTheFirst()
    {
        var filter = new ExactDuplicateFilter();
        Assert.Null(filter.Add("a", "How do I bake bread?"));
        Assert.Null(filter.Add("b", "How do I bake rye bread?"));

        Assert.Equal(new FilterHit(FilterRules.Duplicate, "a"), filter.Add("c", "how do I  bake bread"));
        Assert.Equal(new FilterHit(FilterRules.Duplicate, "a"), filter.Add("d", "How do I b\u0430ke bread!"));
    }

    [Theory]
    [InlineData("A (short) text -- of words!", "a short text of words")]
    [InlineData("It's 5 o\u2019clock", "its 5 oclock")]
    [InlineData("कितने बजे हैं?", "कितने बजे हैं")]
    [InlineData("?!", "?!")]
    [InlineData(" ", "")]
    public void Of_Text_IsItsWordsInLowerCase(string text, string expected) => Assert.Equal(expected, FilterText.Of(text));
}
