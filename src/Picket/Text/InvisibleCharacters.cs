using System.Buffers;

namespace Picket.Text;

/// <summary>
/// Takes out what shows nothing: the default-ignorable code points (zero-width characters, joiners, bidi controls, the soft hyphen, Hangul
/// fillers, variation selectors, tags), U+FFF0 to U+FFFF and unpaired surrogates. Other control characters become a space.
/// </summary>
internal static class InvisibleCharacters
{
    private static readonly SearchValues<char> s_plain = SearchValues.Create(
        "\t\n\v\f\r !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    public static string Remove(string text)
    {
        int first = text.AsSpan().IndexOfAnyExcept(s_plain);
        if (first < 0)
        {
            return text;
        }

        var output = new Rewriter(text);
        for (int i = first; i < text.Length;)
        {
            int codePoint = CodePoints.At(text, i);
            int width = CodePoints.Width(codePoint);
            if (IsInvisible(codePoint))
            {
                output.Replace(i, width, "");
            }
            else if (IsControl(codePoint))
            {
                output.Replace(i, 1, " ");
            }

            i += width;
        }

        return output.Finish();
    }

    private static bool IsControl(int codePoint) =>
        codePoint is < ' ' or (>= 0x7F and < 0xA0) && !Whitespace.IsSpace((char)codePoint);

    // Default_Ignorable_Code_Point (DerivedCoreProperties.txt, Unicode 15.0), the surrogates, and U+FFF0..FFFF: interlinear annotations,
    // replacement characters, noncharacters.
    private static bool IsInvisible(int codePoint) => codePoint
        is 0xAD or 0x34F or 0x61C or (>= 0x115F and <= 0x1160) or (>= 0x17B4 and <= 0x17B5) or (>= 0x180B and <= 0x180F)
        or (>= 0x200B and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F) or 0x3164 or (>= 0xD800 and <= 0xDFFF)
        or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF or 0xFFA0 or (>= 0xFFF0 and <= 0xFFFF)
        or (>= 0x1BCA0 and <= 0x1BCA3) or (>= 0x1D173 and <= 0x1D17A) or (>= 0xE0000 and <= 0xE0FFF);
}
