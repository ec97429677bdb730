using System.Globalization;
using System.Text;
using Picket.Text;

namespace Picket.Training.Augmentation;

/// <summary>The text as the filters compare it: evasions undone, lower case, words of letters and digits with one space between.</summary>
internal static class FilterText
{
    /// <summary>Two texts that differ in case, punctuation or spacing alone give the same; a text of signs alone stays as it is.</summary>
    public static string Of(string text)
    {
        string normalised = TextNormaliser.Default.Normalise(text);
        var words = new StringBuilder(normalised.Length);
        bool gap = false;
        foreach (char c in normalised)
        {
            if (IsOfWord(c))
            {
                if (gap && words.Length > 0)
                {
                    words.Append(' ');
                }

                words.Append(char.ToLowerInvariant(c));
                gap = false;
            }
            else if (c is not ('\'' or '\u2019'))
            {
                // An apostrophe leaves no gap: "don't" and "dont" are one word.
                gap = true;
            }
        }

        return words.Length > 0 ? words.ToString() : normalised;
    }

    // Halves of a pair stand for letters of rarer scripts, marks for vowels of Indic ones.
    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
