using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Picket.Fairness;

namespace Picket.Training.Augmentation;

/// <summary>Finds identity terms in texts and puts others in their place. Immutable; safe to use from several threads at once.</summary>
internal sealed partial class IdentityText
{
    // The longest first: African American is not African.
    private readonly IdentityTerm[] _terms;
    private readonly SearchValues<string> _places;

    public IdentityText(IReadOnlyList<IdentityTerm> terms)
    {
        _terms =
        [
            .. terms.DistinctBy(static term => term.Text, StringComparer.OrdinalIgnoreCase).OrderByDescending(static term => term.Text.Length),
        ];
        _places = SearchValues.Create([.. _terms.Select(static term => term.Text)], StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The terms that a text names, in their order, each once.</summary>
    public IReadOnlyList<IdentityTerm> Find(string text) => [.. Matches(text).Select(static match => match.Term).Distinct()];

    /// <summary>The text with one term in place of another wherever it names that one; capitals and the article are brought in line.</summary>
    public string Swap(string text, IdentityTerm from, IdentityTerm to)
    {
        var swapped = new StringBuilder(text.Length + 16);
        int done = 0;
        foreach ((int start, IdentityTerm term) in Matches(text))
        {
            if (term != from)
            {
                continue;
            }

            if (ArticleBefore(text, start) is { } article)
            {
                swapped.Append(text, done, article.Start - done).Append(Article(text[article.Start], to));
                done = article.End;
            }

            int end = start + from.Text.Length;
            swapped.Append(text, done, start - done).Append(Cased(text[start..end], from, to));
            done = end;
        }

        return swapped.Append(text, done, text.Length - done).ToString();
    }

    // What an ambiguous term stands before where it means people.
    [GeneratedRegex(
        @"\G\s+(?:people|persons?|m[ae]n|wom[ae]n|guys?|girls?|boys?|kids?|child(?:ren)?|teen(?:ager)?s?|folks?|famil(?:y|ies)|couples?|individuals?|"
        + @"communit(?:y|ies)|friends?|neighbou?rs?|colleagues?|students?|workers?|teachers?|patients?|citizens?|immigrants?|adults?|"
        + @"mothers?|fathers?)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: -1)]
    private static partial Regex People();

    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '-';

    /// <summary>A or an before a place, with blanks between.</summary>
    private static (int Start, int End)? ArticleBefore(string text, int place)
    {
        int end = text.AsSpan(0, place).TrimEnd().Length;
        int start = end;
        while (start > 0 && IsOfWord(text[start - 1]) && end - start <= 2)
        {
            start--;
        }

        return end < place && text[start..end].ToUpperInvariant() is "A" or "AN" ? (start, end) : null;
    }

    private static string Article(char first, IdentityTerm to)
    {
        bool vowel = to.Text[0] is 'a' or 'e' or 'i' or 'o' or 'u' or 'A' or 'E' or 'I' or 'O'
            && !to.Text.StartsWith("eu", StringComparison.OrdinalIgnoreCase);
        return $"{first}{(vowel ? "n" : "")}";
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

    // A search for all terms at once, then a look at each place: one expression of 90 alternatives takes two microseconds a character.
    private IEnumerable<(int Start, IdentityTerm Term)> Matches(string text)
    {
        for (int from = 0; from < text.Length;)
        {
            int next = text.AsSpan(from).IndexOfAny(_places);
            if (next < 0)
            {
                yield break;
            }

            int start = from + next;
            IdentityTerm? found = start > 0 && IsOfWord(text[start - 1]) ? null : Array.Find(_terms, term => StandsAt(text, start, term));
            if (found is not null)
            {
                yield return (start, found);
            }

            from = start + (found?.Text.Length ?? 1);
        }
    }

    private static bool StandsAt(string text, int start, IdentityTerm term)
    {
        int end = start + term.Text.Length;
        return string.Compare(text, start, term.Text, 0, term.Text.Length, StringComparison.OrdinalIgnoreCase) == 0
            && (end == text.Length || !(IsOfWord(text[end]) || text[end] is '\'' or '’'))
            && (!term.Ambiguous || People().IsMatch(text, end));
    }
}
