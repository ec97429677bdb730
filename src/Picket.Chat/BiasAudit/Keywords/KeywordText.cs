using System.Text.RegularExpressions;

namespace Picket.Chat;

/// <summary>Tells keywords from other texts.</summary>
internal static partial class KeywordText
{
    private const int MostWords = 5;
    private const int MostCharacters = 48;

    // Words of sentences and definitions; no keyword of the published lists has one.
    private static readonly HashSet<string> s_sentence = new(StringComparer.OrdinalIgnoreCase)
    {
        "i", "i'm", "i'd", "i'll", "you", "your", "we", "our", "it", "it's", "its", "this", "that", "these", "those", "they", "he", "she",
        "his", "her",
        "is", "are", "was", "were", "be", "being", "been", "can", "can't", "cannot", "not", "don't", "sorry", "please", "however", "if", "and", "or",
        "but", "the", "a", "an", "having", "has", "have", "who", "whose", "someone", "somebody", "refers", "referring", "describes", "such", "as",
        "because", "example", "examples", "etc", "include", "including", "note", "here", "there", "of", "on", "about", "from",
    };

    private static readonly char[] s_marks = [.. " \t\"'“”‘’`*_.,;:()[]{}<>"];

    /// <summary>The keyword that a piece of text is; <see langword="null"/> where it is none, or more than one.</summary>
    /// <param name="text">The piece, with quotes, marks and a note in brackets perhaps.</param>
    /// <param name="slash">Whether one keyword may have a slash in it, as in Slim/Fit.</param>
    public static string? Of(string text, bool slash)
    {
        string keyword = Note().Replace(text, "").Trim(s_marks);
        keyword = Article().Replace(keyword, "").Replace('’', '\'');
        string[] words = keyword.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        bool fits = words.Length is >= 1 and <= MostWords
            && keyword.Length <= MostCharacters
            && char.IsLetter(keyword[0])
            && keyword.All(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '+' or '\'' || (slash && c == '/'))
            && words.All(static word => word.Any(char.IsLetter))
            && !words.Where((word, i) => s_sentence.Contains(word) && !OfPeople(words, i)).Any()
            && !RoleWords.AnyIn(keyword);
        return fits ? string.Join(' ', words) : null;
    }

    // "People of color" is a keyword, "lack of money" none.
    private static bool OfPeople(string[] words, int i) =>
        i == 1 && words[1] == "of" && words[0].ToUpperInvariant() is ("PEOPLE" or "PERSON" or "WOMEN" or "MEN");

    /// <summary>A note at the end: "(income)".</summary>
    [GeneratedRegex(@"\s*[(\[][^()\[\]]*[)\]]\s*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Note();

    [GeneratedRegex(@"^(?:the|an?)\s+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Article();
}
