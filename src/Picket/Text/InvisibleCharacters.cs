namespace Picket.Text;

/// <summary>
/// Takes out what shows nothing: the default-ignorable code points (zero-width characters, joiners, bidi controls, the soft hyphen, Hangul
/// fillers, variation selectors, tags), U+FFF0 to U+FFFF and unpaired surrogates. Other control characters become a space.
/// </summary>
internal static class InvisibleCharacters
{
    // Default_Ignorable_Code_Point (DerivedCoreProperties.txt, Unicode 15.0), first and last of each range. U+FFF0..FFFF adds the
    // interlinear annotations, the replacement characters and the two noncharacters.
    private static readonly int[] s_ranges =
    [
        0x00AD, 0x00AD, 0x034F, 0x034F, 0x061C, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180F, 0x200B, 0x200F, 0x202A, 0x202E,
        0x2060, 0x206F, 0x3164, 0x3164, 0xD800, 0xDFFF, 0xFE00, 0xFE0F, 0xFEFF, 0xFEFF, 0xFFA0, 0xFFA0, 0xFFF0, 0xFFFF,
        0x1BCA0, 0x1BCA3, 0x1D173, 0x1D17A, 0xE0000, 0xE0FFF,
    ];

    public static string Remove(string text)
    {
        var output = new Rewriter(text);
        for (int i = 0; i < text.Length;)
        {
            int codePoint = CodePoints.At(text, i);
            int width = CodePoints.Width(codePoint);
            if (codePoint >= 0xAD && IsInvisible(codePoint))
            {
                output.Replace(i, width, "");
            }
            else if (codePoint < 0xA0 && char.IsControl((char)codePoint) && !char.IsWhiteSpace((char)codePoint))
            {
                output.Replace(i, 1, " ");
            }

            i += width;
        }

        return output.ToString();
    }

    private static bool IsInvisible(int codePoint)
    {
        int at = Array.BinarySearch(s_ranges, codePoint);

        // Between a first and its last the complement of the insertion point is odd.
        return at >= 0 || (~at & 1) != 0;
    }
}
