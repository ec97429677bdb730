namespace Picket.Text;

/// <summary>Makes one space of every run of whitespace, or one line break where the run holds any, and trims the ends.</summary>
internal static class Whitespace
{
    public static string Collapse(string text)
    {
        var output = new Rewriter(text);
        for (int i = 0; i < text.Length;)
        {
            int start = i;
            bool lineBreak = false;
            while (i < text.Length && IsSpace(text[i]))
            {
                lineBreak |= text[i] is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029';
                i++;
            }

            if (i > start)
            {
                string space = start == 0 || i == text.Length ? "" : lineBreak ? "\n" : " ";
                if (!text.AsSpan(start, i - start).SequenceEqual(space))
                {
                    output.Replace(start, i - start, space);
                }
            }

            i = Math.Max(i, start + 1);
        }

        return output.Finish();
    }

    /// <summary>What <see cref="char.IsWhiteSpace(char)"/> says, and the blank Braille pattern: a symbol by category, a space to the eye.</summary>
    public static bool IsSpace(char unit) => unit
        is ' ' or (>= '\t' and <= '\r') or '\u0085' or '\u00A0' or '\u1680' or (>= '\u2000' and <= '\u200A')
        or '\u2028' or '\u2029' or '\u202F' or '\u205F' or '\u2800' or '\u3000';
}
