namespace Picket.Text;

/// <summary>Shortens runs: three and more of one letter to two, four and more of one sign to three. Digits and whitespace stay.</summary>
internal static class Repeats
{
    private const int MostLetters = 2;
    private const int MostSigns = 3;

    public static string Squeeze(string text)
    {
        var output = new Rewriter(text);
        for (int i = 0; i < text.Length;)
        {
            if (i + 2 >= text.Length || text[i] != text[i + 2])
            {
                // Neither three of this unit nor two of this pair.
                i++;
                continue;
            }

            int codePoint = CodePoints.At(text, i);
            int width = CodePoints.Width(codePoint);
            int end = i + width;
            while (end < text.Length && CodePoints.At(text, end) == codePoint)
            {
                end += width;
            }

            int kept = i + (MostLetters * width);
            if (end > kept && Most(codePoint) * width < end - i)
            {
                kept = i + (Most(codePoint) * width);
                output.Replace(kept, end - kept, "");
            }

            i = end;
        }

        return output.Finish();
    }

    private static int Most(int codePoint)
    {
        if (CodePoints.IsLetter(codePoint))
        {
            return MostLetters;
        }

        bool unlimited = codePoint < 0x10000 && (Whitespace.IsSpace((char)codePoint) || char.IsNumber((char)codePoint));
        return unlimited ? int.MaxValue / 2 : MostSigns;
    }
}
