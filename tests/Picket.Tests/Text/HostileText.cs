using FsCheck;
using FsCheck.Fluent;

namespace Picket.Tests.Text;

/// <summary>Texts made of what evaders mix: scraps of evasions, plain words, any UTF-16 unit, any code point.</summary>
internal static class HostileText
{
    private static readonly string[] s_scraps =
    [
        "how", "to", "a", "b", "I", "x", " ", " ", "  ", "\n", "\t", "\r\n", ".", "-", "*", "_", "!", "!!!!", "@", "$", "4", "0", "11", "h o w", "t-o",
        "\u200B", "\u200D", "\uFE0F", "\u00AD", "\u0301", "\u0323", "\u0305", "\u0336", "\u0338", "\u034F", "e", "é", "ё", "\u0344", "ﷺ", "½", "ﬁ",
        "а", "е", "о", "р", "с", "у", "х", "к", "т", "м", "ж", "привет", "Α", "ω", "ᴀ", "ｗ", "𝓱", "🅰", "🇫", "😀", "👩", "가", "\u11A8", "\u1161", "\u1112",
        "\u2028", "\u00A0", "\u2800", "\u0000", "\u0085", "\uD800", "\uDC00", "\uFFFD", "\uFFFF", "ا", "เ", "์", "हि", "日本", "三", "\u0F71\u0F74", "\u0958",
    ];

    public static Arbitrary<string> Arbitrary()
    {
        Gen<string> scrap = Gen.Elements(s_scraps);
        Gen<string> unit = Gen.Choose(0, 0xFFFF).Select(code => ((char)code).ToString());
        Gen<string> ascii = Gen.Choose(0x09, 0x7F).Select(code => ((char)code).ToString());
        Gen<string> codePoint = Gen.Choose(0x10000, 0x10FFFF).Select(char.ConvertFromUtf32);
        Gen<string> piece = Gen.Frequency((12, scrap), (2, unit), (2, ascii), (1, codePoint));
        Gen<string> repeated = piece.SelectMany(text => Gen.Choose(2, 5).Select(times => string.Concat(Enumerable.Repeat(text, times))));
        return Gen.Frequency((6, piece), (1, repeated)).ListOf().Select(string.Concat).ToArbitrary();
    }
}
