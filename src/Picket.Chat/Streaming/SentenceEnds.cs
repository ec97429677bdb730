namespace Picket.Chat;

/// <summary>Finds the ends of sentences without looking ahead.</summary>
internal static class SentenceEnds
{
    private const string Stops = ".!?\u2026:;";
    private const string Closers = "\"')]}\u201D\u2019\u00BB*_`";

    // Marks of scripts that put no space after them: ideographic and full-width stops, and the danda.
    private const string StopsWithoutSpace = "\u3002\uFF01\uFF1F\uFF61\u0964";

    /// <summary>Whether <paramref name="text"/>, which is not empty, ends with a sentence or a line and the space after it.</summary>
    public static bool IsAtEndOf(ReadOnlySpan<char> text)
    {
        char last = text[^1];
        if (last == '\n' || StopsWithoutSpace.Contains(last))
        {
            return true;
        }

        if (!char.IsWhiteSpace(last))
        {
            return false;
        }

        ReadOnlySpan<char> sentence = text[..^1].TrimEnd(Closers);
        return sentence.Length > 0 && Stops.Contains(sentence[^1]);
    }
}
