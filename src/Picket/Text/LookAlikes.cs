using System.Text;

namespace Picket.Text;

/// <summary>
/// Folds letters of other alphabets that look like Latin ones (UTS #39) to ASCII, word by word, so that words really written in another
/// alphabet stay as they are.
/// </summary>
/// <remarks>
/// A word is a run of letters, marks and letter-like symbols. It folds when every letter in it that is not Latin has a look-alike, and
/// either it holds a Latin letter too, or all its letters are exact look-alikes and the text holds more words that are or may be Latin
/// than words that cannot be.
/// </remarks>
internal static class LookAlikes
{
    private enum Word
    {
        NoLetters,
        Latin,
        Mixed,
        WhollyAlike,
        Foreign,
    }

    public static string Fold(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        UnicodeTables tables = UnicodeTables.Instance;
        int balance = 0;
        bool mixed = false;
        bool whollyAlike = false;
        for (int i = 0; i < text.Length;)
        {
            Word word = ReadWord(text, tables, ref i);
            mixed |= word == Word.Mixed;
            whollyAlike |= word == Word.WhollyAlike;
            balance += word == Word.NoLetters ? 0 : word == Word.Foreign ? -1 : 1;
        }

        bool wholeWords = whollyAlike && balance > 0;
        return mixed || wholeWords ? Fold(text, tables, wholeWords) : text;
    }

    private static string Fold(string text, UnicodeTables tables, bool wholeWords)
    {
        var output = new Rewriter(text);
        for (int i = 0; i < text.Length;)
        {
            int start = i;
            Word word = ReadWord(text, tables, ref i);
            if (word != Word.Mixed && (word != Word.WhollyAlike || !wholeWords))
            {
                continue;
            }

            for (int at = start; at < i;)
            {
                int codePoint = CodePoints.At(text, at);
                int width = CodePoints.Width(codePoint);
                char letter = codePoint < 0x80 ? '\0' : tables.LookAlike(codePoint, out _);
                if (letter != '\0')
                {
                    output.Replace(at, width, [letter]);
                }

                at += width;
            }
        }

        return output.Finish();
    }

    /// <summary>Reads one word, or one character that is in no word.</summary>
    private static Word ReadWord(string text, UnicodeTables tables, ref int i)
    {
        bool latin = false;
        bool alike = false;
        bool inexact = false;
        bool foreign = false;
        int start = i;
        for (int width; i < text.Length; i += width)
        {
            int codePoint = CodePoints.At(text, i);
            width = CodePoints.Width(codePoint);
            if (codePoint >= 0x80 && tables.LookAlike(codePoint, out bool exact) != '\0')
            {
                alike = true;
                inexact |= !exact;
            }
            else if (IsLatinLetter(codePoint))
            {
                latin = true;
            }
            else if (CodePoints.IsLetter(codePoint))
            {
                foreign = true;
            }
            else if (i == start || !CodePoints.IsMark(codePoint))
            {
                i = Math.Max(i, start + width);
                break;
            }
        }

        return foreign ? Word.Foreign
            : alike ? (latin ? Word.Mixed : inexact ? Word.Foreign : Word.WhollyAlike)
            : latin ? Word.Latin : Word.NoLetters;
    }

    private static bool IsLatinLetter(int codePoint) =>
        codePoint < 0x80
            ? char.IsAsciiLetter((char)codePoint)
            : codePoint is (>= 0xAA and <= 0x2AF) or (>= 0x1D00 and <= 0x1DBF) or (>= 0x1E00 and <= 0x1EFF) or (>= 0x2C60 and <= 0x2C7F)
                or (>= 0xA722 and <= 0xA7FF) or (>= 0xAB30 and <= 0xAB6F)
            && CodePoints.IsLetter(codePoint);
}
