using System.Text;

namespace Picket.Text;

/// <summary>
/// Normalisation Form KC (UAX #15, Unicode 15.0) in managed code: with InvariantGlobalization <see cref="string.Normalize()"/> leaves
/// everything but ASCII as it is.
/// </summary>
internal static class Nfkc
{
    /// <summary>The text in NFKC; the same instance where it is already. Unpaired surrogates pass.</summary>
    public static string Normalise(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        UnicodeTables tables = UnicodeTables.Instance;
        StringBuilder? output = null;
        NfkcSegment? segment = null;
        int copied = 0;
        int previous = -1;
        for (int i = 0; i < text.Length;)
        {
            int codePoint = CodePoints.At(text, i);
            if (tables.IsQuiet(codePoint))
            {
                previous = i;
                i += CodePoints.Width(codePoint);
                continue;
            }

            // What is not quiet may compose with the quiet character before it.
            int start = previous >= copied ? previous : i;
            output ??= new StringBuilder(text.Length);
            output.Append(text, copied, start - copied);
            segment ??= new NfkcSegment(tables);
            i = segment.Read(text, start);
            segment.AppendTo(output);
            copied = i;
        }

        return output is null ? text : Changed(text, output.Append(text, copied, text.Length - copied).ToString());
    }

    private static string Changed(string before, string after) => before == after ? before : after;
}
