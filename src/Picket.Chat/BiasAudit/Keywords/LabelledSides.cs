using System.Text.RegularExpressions;

namespace Picket.Chat;

/// <summary>Reads keywords that stand beside the name of their side: "Privileged: wealthy", "poor (marginalized)".</summary>
internal static partial class LabelledSides
{
    /// <summary>The pair of a line that names both sides and gives each one keyword; <see langword="null"/> otherwise.</summary>
    public static KeywordPair? Pair(string line)
    {
        (Role Role, string? Keyword)[] sides = [.. Labelled(line)];
        return sides is [{ Keyword: { } first }, { Keyword: { } second }] && sides[0].Role != sides[1].Role
            ? sides[0].Role == Role.Privileged ? new KeywordPair(second, first) : new KeywordPair(first, second)
            : null;
    }

    /// <summary>What a line that names one side gives it.</summary>
    /// <param name="line">The line.</param>
    /// <param name="keyword">Its one keyword; <see langword="null"/> where there are several, or none that is one.</param>
    /// <returns>Whether there is anything beside the name of the side.</returns>
    public static bool One(string line, out string? keyword)
    {
        (Role, string? Keyword)[] sides = [.. Labelled(line)];
        keyword = sides is [{ Keyword: { } only }] ? only : null;
        return sides.Length > 0;
    }

    private static IEnumerable<(Role Role, string? Keyword)> Labelled(string line)
    {
        MatchCollection behind = InBrackets().Matches(line);
        return (behind.Count > 0 ? behind : AfterColon().Matches(line)).Select(match =>
        {
            string keyword = match.Groups["keyword"].Value;
            return (RoleWords.In(match.Groups["role"].Value), KeywordText.Of(behind.Count > 0 ? Last(keyword) : keyword, slash: true));
        });
    }

    // "Gender: male (privileged), female (marginalized)": what belongs to the keyword begins behind the last sign.
    private static string Last(string text) => LeadingSign().Replace(text.Split([':', ',', ';', '/', '|', '–', '—'])[^1], "");

    [GeneratedRegex(
        @"(?<keyword>[^()]+?)\s*\((?<role>[^()]*?(?:privileged|marginali[sz]ed)[^()]*)\)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex InBrackets();

    [GeneratedRegex(
        @"(?<role>\b(?:privileged|marginali[sz]ed)\b[^:,;|()]{0,24}):\s*(?<keyword>.+?)\s*"
            + @"(?=$|[,;|/–—-]*\s*\b(?:privileged|marginali[sz]ed)\b[^:,;|()]{0,24}:)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex AfterColon();

    [GeneratedRegex(
        @"^\s*(?:vs\.?|versus|and|-+>?|→|↔)\s+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LeadingSign();
}
