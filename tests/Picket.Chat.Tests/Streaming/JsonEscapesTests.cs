using System.Text.Json;

namespace Picket.Chat.Tests;

public sealed class JsonEscapesTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("\\u0062read", "bread")]
    [InlineData("a\\nb\\\\n\\\"c\\\"\\/", "a\nb\\n\"c\"/")]
    [InlineData("cut \\u00", "cut \\u00")]
    [InlineData("cut \\", "cut \\")]
    [InlineData("\\ud83d\\ude00", "\ud83d\ude00")]
    [InlineData("no \\x escape \\u00zz", "no \\x escape \\u00zz")]
    public void Undo_Escapes_AreReadAsAParserReadsThem(string json, string expected) => Assert.Equal(expected, JsonEscapes.Undo(json));

    [Fact]
    public void Undo_AnySerialisedText_IsThatText()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            string text = string.Concat(new StreamRun(seed).Text.EnumerateRunes()).Replace('a', '\\').Replace('e', '\t');
            Assert.Equal($"\"{text}\"", JsonEscapes.Undo(JsonSerializer.Serialize(text)));
        }
    }
}
