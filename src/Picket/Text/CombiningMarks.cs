using System.Text;

namespace Picket.Text;

/// <summary>
/// Takes out marks that decorate text rather than spell it: whole runs of three or more ("zalgo"), and single ones that strike through,
/// underline, overline or enclose. Only marks that belong to no script count: Thai, Burmese or Hebrew letters carry three and more.
/// </summary>
internal static class CombiningMarks
{
    private const int LongestRun = 2;

    public static string Limit(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var output = new Rewriter(text);
        for (int i = 0; i < text.Length;)
        {
            int start = i;
            while (i < text.Length && IsScriptless(text[i]))
            {
                i++;
            }

            if (i - start > LongestRun)
            {
                output.Replace(start, i - start, "");
            }
            else
            {
                for (int mark = start; mark < i; mark++)
                {
                    if (IsDecoration(text[mark]))
                    {
                        output.Replace(mark, 1, "");
                    }
                }
            }

            i = Math.Max(i, start + 1);
        }

        return output.Finish();
    }

    private static bool IsScriptless(char unit) =>
        unit is (>= '\u0300' and <= '\u036F') or (>= '\u0483' and <= '\u0489') or (>= '\u1AB0' and <= '\u1AFF')
            or (>= '\u1DC0' and <= '\u1DFF') or (>= '\u20D0' and <= '\u20FF') or (>= '\uFE20' and <= '\uFE2F');

    private static bool IsDecoration(char mark) =>
        mark is '\u0305' or '\u0332' or '\u0333' or '\u033F' or (>= '\u0334' and <= '\u0338') or '\u0488' or '\u0489'
            or (>= '\u20D0' and <= '\u20FF');
}
