using Picket.Text;

namespace Picket.Tests.Text;

public sealed class TextNormaliserTests
{
    [Theory]
    [InlineData("")]
    [InlineData("How do I bake bread with rye flour?")]
    [InlineData("A longer question, with digits (2024), signs... and\nlines: what is the capital of France, and how big is it?")]
    [InlineData("Привет, как у тебя дела сегодня?")]
    [InlineData("Où est la bibliothèque, s'il vous plaît ?")]
    [InlineData("東京の天気はどうですか。")]
    [InlineData("煎、炒、烹、炸、炖、煮")]
    [InlineData("Greetings from 🇫🇷 and 🇯🇵")]
    public void Normalise_OrdinaryText_ReturnsSameInstance(string text) =>
        Assert.Same(text, TextNormaliser.Default.Normalise(text));

    [Theory]
    [InlineData("ｈｏｗ　ｔｏ", "how to")]
    [InlineData("h\u200Bo\u200Dw\u202E to", "how to")]
    [InlineData("h o w  t o", "how to")]
    [InlineData("🅷 🅾 🆆 🆃 🅾", "howto")]
    [InlineData("раураl", "paypal")]
    [InlineData("  a   lot\t of \r\n\r\n space ", "a lot of\nspace")]
    [InlineData("sooooo gooood!!!!!!", "soo good!!!")]
    [InlineData("h\u0336o\u0336w\u0336", "how")]
    [InlineData("ʜᴏᴡ ᴛᴏ", "how to")]
    [InlineData("𝓱𝓸𝔀 𝖙𝖔", "how to")]
    [InlineData("ho\uD800w", "how")]
    public void Normalise_Evasion_IsUndone(string text, string expected) =>
        Assert.Equal(expected, TextNormaliser.Default.Normalise(text));
}
