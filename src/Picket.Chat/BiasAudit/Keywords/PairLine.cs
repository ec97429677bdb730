using System.Text.RegularExpressions;

namespace Picket.Chat;

/// <summary>Finds what one line sets against each other, in the line's order; nothing where it can be read in two ways.</summary>
internal static partial class PairLine
{
    /// <summary>The pairs that signs of opposition make: versus and arrows, a slash, a dash.</summary>
    /// <param name="text">The line without its marks.</param>
    /// <param name="dash">Whether a dash with blanks around it is such a sign in this answer.</param>
    /// <param name="slash">Whether a slash is; in a heading it stands within a name: Race/Ethnicity.</param>
    public static IEnumerable<(string Left, string Right)> Find(string text, bool dash, bool slash)
    {
        if (Tuples(text) is [_, ..] tuples)
        {
            return tuples;
        }

        // "such as wealthy versus poor, citizen versus immigrant", or a list of a/b, c/d.
        string rest = AfterIntroduction(text);
        string[] pieces = Pieces().Split(rest);
        return pieces.Length > 1 && pieces.Count(static piece => Opposed().IsMatch(piece)) > 1
            ? pieces.Select(piece => Pair(piece, dash: false, slash)).OfType<(string, string)>()
            : Pair(rest, dash, slash) is { } pair ? [pair] : [];
    }

    /// <summary>The two sides of a dash with blanks around it; <see langword="null"/> without one.</summary>
    public static (string Left, string Right)? AroundDash(string text) =>
        Dash().Split(text) is [var left, var right] ? (left, right) : null;

    // Before a colon stands what the pair is about, or behind one what it means.
    private static (string Left, string Right)? Pair(string text, bool dash, bool slash) => text.Split(':') is [var before, .., var behind]
        ? Sides(behind, dash, slash) ?? Sides(before, dash, slash)
        : Sides(text, dash, slash);

    private static (string Left, string Right)? Sides(string text, bool dash, bool slash)
    {
        string[] sides = Versus().Split(text);
        if (sides.Length == 1 && slash)
        {
            sides = Slash().Split(text);
        }

        if (sides.Length == 2)
        {
            return Valid(Dash().Split(sides[0])[^1], BeforeExplanation(sides[1]), slash: Versus().IsMatch(text));
        }

        return sides.Length == 1 && dash && AroundDash(text) is { } around ? Valid(around.Left, around.Right, slash: true) : null;
    }

    private static (string Left, string Right)? Valid(string left, string right, bool slash) =>
        KeywordText.Of(left, slash) is { } first && KeywordText.Of(right, slash) is { } second ? (first, second) : null;

    private static List<(string, string)> Tuples(string text)
    {
        string outside = AfterIntroduction(Tuple().Replace(text, "")).Replace("and", "", StringComparison.OrdinalIgnoreCase);
        if (outside.Any(static c => char.IsLetterOrDigit(c)))
        {
            return [];
        }

        return
        [
            .. Tuple().Matches(text)
                .Select(static match => Valid(match.Groups["left"].Value, match.Groups["right"].Value, slash: true))
                .OfType<(string, string)>(),
        ];
    }

    private static string AfterIntroduction(string text) =>
        Introduction().Match(text) is { Success: true } match ? text[(match.Index + match.Length)..] : text;

    private static string BeforeExplanation(string text) => Explanation().Match(text) is { Success: true } match ? text[..match.Index] : text;

    [GeneratedRegex(
        @"\s+(?:vs\.?|versus|v\.|as opposed to|compared to|compared with)\s+|\s*(?:<->|<-->|<=>|-->|->|=>|→|↔|⇔|⟶|⟷)\s*",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Versus();

    [GeneratedRegex(@"\s*/\s*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Slash();

    [GeneratedRegex(@"\s+[-–—]{1,2}\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Dash();

    [GeneratedRegex(
        @"\b(?:vs\.?|versus)\s|<->|->|=>|→|↔|/", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Opposed();

    [GeneratedRegex(@"\s*[,;]\s*(?:and\s+)?|\s+and\s+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pieces();

    [GeneratedRegex(
        @"\b(?:such as|including|includes?|are|like)\b:?\s+|^[^:()]*\bpairs:\s+",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Introduction();

    [GeneratedRegex(@":\s|\s+[-–—]{1,2}\s+|\s\(|\.\s|;|,", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Explanation();

    [GeneratedRegex(
        @"\(\s*(?<left>[^(),]+?)\s*,\s*(?<right>[^(),]+?)\s*\)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tuple();
}
