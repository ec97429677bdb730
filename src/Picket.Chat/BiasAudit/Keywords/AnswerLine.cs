using System.Text.RegularExpressions;

namespace Picket.Chat;

/// <summary>A line of a model's answer without the marks of its list.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Indent">Blanks before it.</param>
/// <param name="IsHeading">It stands over others: a mark says so, or a colon ends it, or what follows is further in.</param>
internal sealed partial record AnswerLine(string Text, int Indent, bool IsHeading)
{
    public static IReadOnlyList<AnswerLine> All(string answer)
    {
        string[] raw =
        [
            .. answer.ReplaceLineEndings("\n").Split('\n').Where(static line => !line.TrimStart().StartsWith("```", StringComparison.Ordinal)),
        ];
        var lines = new List<AnswerLine>();
        for (int i = 0; i < raw.Length; i++)
        {
            int next = Array.FindIndex(raw, i + 1, static line => !string.IsNullOrWhiteSpace(line));
            lines.Add(Of(raw[i], next < 0 ? 0 : IndentOf(raw[next])));
        }

        return lines;
    }

    private static AnswerLine Of(string line, int nextIndent)
    {
        string trimmed = line.Trim();
        string text = Marker().Replace(trimmed, "");
        bool bold = text == trimmed && BoldAlone().IsMatch(trimmed);
        text = Emphasis().Replace(text, "").Trim();
        int indent = IndentOf(line);
        bool heading = trimmed.StartsWith('#') || bold || text.EndsWith(':') || (text.Length > 0 && nextIndent > indent);
        return new AnswerLine(text, indent, heading);
    }

    private static int IndentOf(string line) => line.Length - line.TrimStart().Length;

    /// <summary>A bullet, a number, a letter or a heading's sign at the beginning.</summary>
    [GeneratedRegex(
        @"^(?:(?:[-*•+‣▪◦–]|#+|\(?\d{1,3}[.):]|\(?[a-zA-Z][.)])\s+)+",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Marker();

    [GeneratedRegex(@"\*\*|__|`", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Emphasis();

    [GeneratedRegex(@"^(?:\*\*|__)[^*_]+(?:\*\*|__)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BoldAlone();
}
