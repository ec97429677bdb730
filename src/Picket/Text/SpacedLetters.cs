using System.Globalization;

namespace Picket.Text;

/// <summary>
/// Joins words that are spelled letter by letter: "h o w  t o", "h-o-w t-o", "m.a.k.e". A letter counts when neither neighbour is a letter,
/// digit or mark.
/// </summary>
/// <remarks>
/// Letters apart by whitespace join from four letters on: the narrowest gap separates letters, wider ones separate words (a line break is
/// wider than any spaces). Letters apart by one and the same sign join from three signs on, whitespace separating the words; "U.S.A." and
/// "I'm" stay. A list of four single letters ("a b c d") looks like a spelled word and joins.
/// </remarks>
internal static class SpacedLetters
{
    private const int FewestLetters = 4;
    private const int FewestSigns = 3;
    private const int LineBreakWidth = 1 << 30;

    public static string Join(string text)
    {
        var output = new Rewriter(text);
        for (int i = 0; i < text.Length;)
        {
            if (!IsWordPart(text[i]))
            {
                i++;
                continue;
            }

            if (!IsLoneLetter(text, i))
            {
                do
                {
                    i++;
                }
                while (i < text.Length && IsWordPart(text[i]));

                continue;
            }

            int end = JoinAcrossWhitespace(text, i, ref output);
            if (end == i)
            {
                end = JoinAcrossSigns(text, i, ref output);
            }

            i = end + 1;
        }

        return output.Finish();
    }

    /// <summary>Returns the last letter that is dealt with.</summary>
    private static int JoinAcrossWhitespace(string text, int start, ref Rewriter output)
    {
        int last = start;
        int letters = 1;
        int narrowest = int.MaxValue;
        while (TryNextAcrossWhitespace(text, last, out int next))
        {
            narrowest = Math.Min(narrowest, Width(text.AsSpan(last + 1, next - last - 1)));
            letters++;
            last = next;
        }

        if (letters < FewestLetters)
        {
            // The last letter may begin a run of the other kind.
            return letters == 1 ? start : last - 1;
        }

        for (int letter = start; letter < last;)
        {
            _ = TryNextAcrossWhitespace(text, letter, out int next);
            ReadOnlySpan<char> gap = text.AsSpan(letter + 1, next - letter - 1);
            int width = Width(gap);
            output.Replace(letter + 1, gap.Length, width == narrowest ? "" : width > LineBreakWidth ? "\n" : " ");
            letter = next;
        }

        return last;
    }

    private static int JoinAcrossSigns(string text, int start, ref Rewriter output)
    {
        if (start + 2 >= text.Length || !IsSign(text[start + 1]))
        {
            return start;
        }

        char sign = text[start + 1];
        int last = start;
        int signs = 0;
        while (TryNextAcrossSign(text, last, sign, out int next) || TryNextAcrossWhitespace(text, last, out next))
        {
            signs += text[last + 1] == sign ? 1 : 0;
            last = next;
        }

        if (signs < FewestSigns)
        {
            // The letters behind the first may begin a run of the other kind.
            return start;
        }

        for (int letter = start; letter < last;)
        {
            if (TryNextAcrossSign(text, letter, sign, out int next))
            {
                output.Replace(letter + 1, 1, "");
            }
            else
            {
                _ = TryNextAcrossWhitespace(text, letter, out next);
            }

            letter = next;
        }

        return last;
    }

    private static bool TryNextAcrossWhitespace(string text, int letter, out int next)
    {
        next = letter + 1;
        while (next < text.Length && Whitespace.IsSpace(text[next]))
        {
            next++;
        }

        return next > letter + 1 && next < text.Length && IsLoneLetter(text, next);
    }

    private static bool TryNextAcrossSign(string text, int letter, char sign, out int next)
    {
        next = letter + 2;
        return next < text.Length && text[letter + 1] == sign && IsLoneLetter(text, next);
    }

    private static int Width(ReadOnlySpan<char> gap) => gap.Length + (gap.Contains('\n') ? LineBreakWidth : 0);

    private static bool IsLoneLetter(string text, int index) =>
        char.IsLetter(text[index])
        && (index == 0 || !IsWordPart(text[index - 1]))
        && (index + 1 == text.Length || !IsWordPart(text[index + 1]));

    private static bool IsWordPart(char unit) => char.IsAsciiLetterOrDigit(unit) || (unit >= 0x80 && IsWordPart(char.GetUnicodeCategory(unit)));

    private static bool IsWordPart(UnicodeCategory category) =>
        category is <= UnicodeCategory.DecimalDigitNumber or UnicodeCategory.Surrogate;

    // Lists of one-character words take ideographic punctuation.
    private static bool IsSign(char unit) =>
        !IsWordPart(unit) && !Whitespace.IsSpace(unit) && !char.IsControl(unit) && unit is not (>= '\u3000' and <= '\u303F');
}
