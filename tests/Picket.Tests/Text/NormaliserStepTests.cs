using Picket.Text;

namespace Picket.Tests.Text;

/// <summary>Each step by itself: only its switch is on.</summary>
public sealed class NormaliserStepTests
{
    [Theory]
    [InlineData("h\u200Bo\u2060w", "how")]
    [InlineData("\u202Ehow\u202C", "how")]
    [InlineData("ho\u00ADw\uFE0F", "how")]
    [InlineData("how\U000E0074\U000E006F", "how")]
    [InlineData("ho\uD83Dw \uDE00\uFFFD", "how ")]
    [InlineData("a\u0000b\u001Bc\u007Fd\u0090e", "a b c d e")]
    [InlineData("a\tb\r\nc\u00A0d", "a\tb\r\nc\u00A0d")]
    [InlineData("ｈ  h o w t 😀", "ｈ  h o w t 😀")]
    public void RemoveInvisible_Alone_TouchesNothingElse(string text, string expected) =>
        Assert.Equal(expected, Normalise(TextNormaliserOptions.None with { RemoveInvisible = true }, text));

    [Theory]
    [InlineData("ｈｏｗ ②", "how 2")]
    [InlineData("cafe\u0301  а", "café  а")]
    public void Compatibility_Alone_TouchesNothingElse(string text, string expected) =>
        Assert.Equal(expected, Normalise(TextNormaliserOptions.None with { Compatibility = true }, text));

    [Theory]
    [InlineData("h\u0301\u0302\u0303\u0304ow", "how")]
    [InlineData("h\u0301\u0302ow", "h\u0301\u0302ow")]
    [InlineData("h\u0336o\u0332w\u20DD", "how")]
    [InlineData("မြို့", "မြို့")]
    [InlineData("שָּׁ֑", "שָּׁ֑")]
    public void LimitMarks_Alone_StripsDecorationOnly(string text, string expected) =>
        Assert.Equal(expected, Normalise(TextNormaliserOptions.None with { LimitMarks = true }, text));

    [Theory]
    [InlineData("tell me h o w  t o", "tell me how to")]
    [InlineData("h  o  w   t  o", "how to")]
    [InlineData("h o w\nt o", "how\nto")]
    [InlineData("h\no\nw\nt\no", "howto")]
    [InlineData("say h-o-w t-o m-a-k-e it", "say how to make it")]
    [InlineData("h.o.w.t.o", "howto")]
    [InlineData("h*o*w*t", "howt")]
    [InlineData("a-b c d e f", "a-bcdef")]
    [InlineData("п р и в е т", "привет")]
    [InlineData("a b c d", "abcd")]
    [InlineData("a b c", "a b c")]
    [InlineData("the U.S.A. is", "the U.S.A. is")]
    [InlineData("U.S. D.C. area", "U.S. D.C. area")]
    [InlineData("I'm a b-c", "I'm a b-c")]
    [InlineData("a, b, c, d", "a, b, c, d")]
    [InlineData("1 2 3 4 5", "1 2 3 4 5")]
    public void JoinSpacedLetters_Alone_JoinsFromFourLetters(string text, string expected) =>
        Assert.Equal(expected, Normalise(TextNormaliserOptions.None with { JoinSpacedLetters = true }, text));

    [Theory]
    [InlineData("pаypаl", "paypal")]
    [InlineData("раураl", "paypal")]
    [InlineData("осо", "oco")]
    [InlineData("кnow мe", "know me")]
    [InlineData("Ιnside", "Inside")]
    [InlineData("ᴋɴᴏᴡ 🅰🅱", "know ab")]
    [InlineData("Он взял хор с собой", "Он взял хор с собой")]
    [InlineData("кот и кит", "кот и кит")]
    [InlineData("Το όνομά μου", "Το όνομά μου")]
    [InlineData("kжowа", "kжowа")]
    [InlineData("ışık straße æon", "ışık straße æon")]
    public void FoldLookAlikes_Alone_FoldsWordsThatMayBeLatin(string text, string expected) =>
        Assert.Equal(expected, Normalise(TextNormaliserOptions.None with { FoldLookAlikes = true }, text));

    [Theory]
    [InlineData("sooooo good", "soo good")]
    [InlineData("what?!?!?!?????", "what?!?!?!???")]
    [InlineData("wait...", "wait...")]
    [InlineData("1000000", "1000000")]
    [InlineData("аааа", "аа")]
    [InlineData("😀😀😀😀😀", "😀😀😀")]
    [InlineData("a      b", "a      b")]
    public void SqueezeRepeats_Alone_ShortensRuns(string text, string expected) =>
        Assert.Equal(expected, Normalise(TextNormaliserOptions.None with { SqueezeRepeats = true }, text));

    [Theory]
    [InlineData(" a  b\t\tc ", "a b c")]
    [InlineData("a \r\n \n b", "a\nb")]
    [InlineData("a\u2028b\u3000c\u2800d", "a\nb c d")]
    [InlineData(" \n ", "")]
    public void CollapseWhitespace_Alone_KeepsOneLineBreak(string text, string expected) =>
        Assert.Equal(expected, Normalise(TextNormaliserOptions.None with { CollapseWhitespace = true }, text));

    [Fact]
    public void None_AnyText_ReturnsSameInstance()
    {
        string text = "  ｈ\u200Bо o w  t oooo \uD800";

        Assert.Same(text, Normalise(TextNormaliserOptions.None, text));
    }

    private static string Normalise(TextNormaliserOptions options, string text) => new TextNormaliser(options).Normalise(text);
}
