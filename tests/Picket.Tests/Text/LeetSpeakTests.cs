using Picket.Text;

namespace Picket.Tests.Text;

public sealed class LeetSpeakTests
{
    [Theory]
    [InlineData("h4ck the pa$$word", "hack the password")]
    [InlineData("3xpl01t", "exploit")]
    [InlineData("5h00t, n00b!", "shoot, noob!")]
    [InlineData("b@d w0rd5", "bad words")]
    [InlineData("p455w0rd123", "password123")]
    [InlineData("k1ll!!", "kill!!")]
    [InlineData("sh!ne SH!NE", "shine SHiNE")]
    public void TryGetLeetView_LettersOnBothSides_ReadsTheWord(string text, string expected)
    {
        Assert.True(TextNormaliser.Default.TryGetLeetView(text, out string view));
        Assert.Equal(expected, view);
    }

    [Theory]
    [InlineData("the 2nd, 1st and 7th")]
    [InlineData("covid19 in 2019 at 3pm")]
    [InlineData("$50 or US$5 or 10k")]
    [InlineData("an mp3, a ps5, python3, gpt4")]
    [InlineData("me@example.org wrote to @name")]
    [InlineData("wait! really!There!!And")]
    [InlineData("默认10个")]
    [InlineData("1337 and 3.14159")]
    [InlineData("")]
    public void TryGetLeetView_OrdinaryText_HasNone(string text)
    {
        Assert.False(TextNormaliser.Default.TryGetLeetView(text, out string view));
        Assert.Same(text, view);
    }

    [Fact]
    public void TryGetLeetView_SwitchedOff_HasNone() =>
        Assert.False(new TextNormaliser(new TextNormaliserOptions { LeetView = false }).TryGetLeetView("h4ck", out _));
}
