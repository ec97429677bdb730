namespace Picket.Chat.Tests;

public sealed class SentenceEndsTests
{
    [Theory]
    [InlineData("Take flour. ", true)]
    [InlineData("He said \"now!\" ", true)]
    [InlineData("A list\n", true)]
    [InlineData("\u5149\u3002", true)]
    [InlineData("Take 1.", false)]
    [InlineData("Take flour ", false)]
    [InlineData(" ", false)]
    [InlineData("x", false)]
    public void IsAtEndOf_Text_IsWhetherASentenceIsOver(string text, bool expected) =>
        Assert.Equal(expected, SentenceEnds.IsAtEndOf(text));
}
