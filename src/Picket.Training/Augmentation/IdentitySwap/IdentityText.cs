using System.Text.RegularExpressions;
using Picket.Fairness;

namespace Picket.Training.Augmentation;

/// <summary>Finds identity terms in texts and puts others in their place. Immutable; safe to use from several threads at once.</summary>
internal sealed class IdentityText
{
    // What an ambiguous term stands before where it means people.
    private const string People =
        "people|persons?|m[ae]n|wom[ae]n|guys?|girls?|boys?|kids?|child(?:ren)?|teen(?:ager)?s?|folks?|famil(?:y|ies)|couples?|individuals?|"
        + "communit(?:y|ies)|friends?|neighbou?rs?|colleagues?|students?|workers?|teachers?|patients?|citizens?|immigrants?|adults?|"
        + "mothers?|fathers?";

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, IdentityTerm> _terms;
    private readonly Regex _pattern;

    public IdentityText(IReadOnlyList<IdentityTerm> terms)
    {
        _terms = terms.DistinctBy(static term => term.Text, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(static term => term.Text, StringComparer.OrdinalIgnoreCase);
        string[] alternatives =
        [
            .. _terms.Values
                .OrderByDescending(static term => term.Text.Length)
                .Select(static term => Regex.Escape(term.Text) + (term.Ambiguous ? $@"(?=\s+(?:{People})\b)" : "")),
        ];
        _pattern = new Regex(
            $@"(?<![\w-])(?:(?<article>an?)(?<gap>\s+))?(?<term>{string.Join('|', alternatives)})(?![\w'’-])",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
            s_limit);
    }

    /// <summary>The terms that a text names, in their order, each once.</summary>
    public IReadOnlyList<IdentityTerm> Find(string text) =>
        [.. _pattern.Matches(text).Select(match => _terms[match.Groups["term"].Value]).Distinct()];

    /// <summary>The text with one term in place of another wherever it names that one; capitals and the article are brought in line.</summary>
    public string Swap(string text, IdentityTerm from, IdentityTerm to) => _pattern.Replace(text, match =>
    {
        string found = match.Groups["term"].Value;
        if (!string.Equals(found, from.Text, StringComparison.OrdinalIgnoreCase))
        {
            return match.Value;
        }

        Group article = match.Groups["article"];
        return (article.Success ? Article(article.Value, to) + match.Groups["gap"].Value : "") + Cased(found, from, to);
    });

    private static string Article(string found, IdentityTerm to)
    {
        bool vowel = to.Text[0] is 'a' or 'e' or 'i' or 'o' or 'u' or 'A' or 'E' or 'I' or 'O'
            && !to.Text.StartsWith("eu", StringComparison.OrdinalIgnoreCase);
        return $"{found[0]}{(vowel ? "n" : "")}";
    }

    private static string Cased(string found, IdentityTerm from, IdentityTerm to)
    {
        // LGBT says nothing of how the rest of the text is written.
        bool acronym = from.Text.All(char.IsUpper);
        if (found.Length > 1 && found.All(static c => !char.IsLower(c)) && !acronym)
        {
            return to.Text.ToUpperInvariant();
        }

        if (from.Text.Any(char.IsUpper) && !found.Any(char.IsUpper))
        {
            return to.Text.ToLowerInvariant();
        }

        return char.IsUpper(found[0]) && char.IsLower(from.Text[0]) ? char.ToUpperInvariant(to.Text[0]) + to.Text[1..] : to.Text;
    }
}
