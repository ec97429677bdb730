using Picket.Training.Augmentation;

namespace Picket.Training.Tests.Augmentation.Prompts;

public sealed class GeneratedInstructionTests
{
    [Theory]
    [InlineData(" Write a song about tea.", "Write a song about tea.")]
    [InlineData("\n\n\"Write a song about tea.\"\n\nThis prompt is about tea.", "Write a song about tea.")]
    [InlineData("\u201CWrite a song. Make it long.\u201D It is creative.", "Write a song. Make it long.")]
    [InlineData("'Write a song that doesn't rhyme'", "Write a song that doesn't rhyme")]
    [InlineData("\"Write a song about tea", "Write a song about tea")]
    [InlineData("\"Home\" in other languages, please.", "\"Home\" in other languages, please.")]
    [InlineData("1. Write a song.\n2. Write a poem.", "Write a song.")]
    [InlineData("- **Write** a song", "Write a song")]
    [InlineData("**Prompt:** Write a song", "Write a song")]
    [InlineData("* 1) \"Write a song about tea\"", "Write a song about tea")]
    [InlineData("Sure, here is one:\n\nWrite a song", "Write a song")]
    [InlineData("Write a song with this title:", "Write a song with this title:")]
    [InlineData("I have an idea for a prompt: Write a song", "Write a song")]
    [InlineData("Absolutely! Here's a prompt:\nWrite a song", "Write a song")]
    [InlineData("Absolutely! Here's Write a song", "Write a song")]
    [InlineData("Sing of Dr. Smith and J. Doe, e.g. Their tea. It should rhyme.", "Sing of Dr. Smith and J. Doe, e.g. Their tea.")]
    [InlineData("How do I make tea? I have no kettle.", "How do I make tea?")]
    [InlineData("Really?! (He asked.) Now", "Really?!")]
    [InlineData("3.5 litres of tea, how?", "3.5 litres of tea, how?")]
    [InlineData("1984: what is it about?", "1984: what is it about?")]
    [InlineData("Write v2.0 of a song", "Write v2.0 of a song")]
    public void Parse_Continuation_IsOneInstruction(string continuation, string expected) =>
        Assert.Equal(expected, GeneratedInstruction.Parse(continuation));

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    [InlineData("1.\n2.\n3.")]
    [InlineData("**\"\"**")]
    [InlineData("I have an idea for a prompt:")]
    [InlineData("123")]
    public void Parse_NothingSaid_IsNone(string continuation) => Assert.Null(GeneratedInstruction.Parse(continuation));

    [Fact]
    public void Parse_AnyText_IsOneTrimmedLineWithALetterOrNone()
    {
        var random = new Random(3);
        const string Signs = "ab Z.?!\"'\u201C\u201D*-1:)\n";
        for (int i = 0; i < 20_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => Signs[random.Next(Signs.Length)]));
            string? parsed = GeneratedInstruction.Parse(text);
            Assert.True(parsed is null || (!parsed.Contains('\n', StringComparison.Ordinal) && parsed.Trim() == parsed && parsed.Any(char.IsLetter)));
        }
    }
}
