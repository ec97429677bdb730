using System.Globalization;

namespace Picket.Text;

/// <summary>Reads code points out of UTF-16 that may hold unpaired surrogates.</summary>
internal static class CodePoints
{
    /// <summary>The code point at <paramref name="index"/>; an unpaired surrogate is its own code point.</summary>
    public static int At(ReadOnlySpan<char> text, int index)
    {
        char unit = text[index];
        return char.IsHighSurrogate(unit) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1])
            ? char.ConvertToUtf32(unit, text[index + 1])
            : unit;
    }

    /// <summary>How many UTF-16 units a code point takes.</summary>
    public static int Width(int codePoint) => codePoint < 0x10000 ? 1 : 2;

    public static bool IsLetter(int codePoint) => CharUnicodeInfo.GetUnicodeCategory(codePoint) <= UnicodeCategory.OtherLetter;

    public static bool IsMark(int codePoint) =>
        CharUnicodeInfo.GetUnicodeCategory(codePoint)
            is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}
