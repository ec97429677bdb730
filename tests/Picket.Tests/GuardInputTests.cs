namespace Picket.Tests;

public sealed class GuardInputTests
{
    [Fact]
    public void ToString_WithTexts_NamesLengthsOnly()
    {
        string shown = new GuardInput("a secret question", "a secret answer").ToString();

        Assert.DoesNotContain("secret", shown);
        Assert.Contains("17 chars", shown);
    }
}
