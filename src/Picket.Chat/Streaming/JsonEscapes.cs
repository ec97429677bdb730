using System.Globalization;
using System.Text;

namespace Picket.Chat;

/// <summary>Reads a piece of JSON text as the program that parses it will: a word in escapes is the word.</summary>
public static class JsonEscapes
{
    private const string Letters = "\"\\/bfnrt";
    private const string Meanings = "\"\\/\b\f\n\r\t";
    private const int HexDigits = 4;

    /// <summary>
    /// Undoes every escape that is whole; a piece of one, at an end of the text, stays as it is, and half of a surrogate pair is let be.
    /// </summary>
    public static string Undo(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        int at = json.IndexOf('\\');
        if (at < 0)
        {
            return json;
        }

        var text = new StringBuilder(json.Length);
        int done = 0;
        while (at >= 0 && at + 1 < json.Length)
        {
            int length = Read(json.AsSpan(at + 1), out char meaning);
            if (length > 0)
            {
                text.Append(json, done, at - done).Append(meaning);
                done = at + 1 + length;
            }

            at = json.IndexOf('\\', at + 1 + Math.Max(length, 1));
        }

        return text.Append(json, done, json.Length - done).ToString();
    }

    private static int Read(ReadOnlySpan<char> escape, out char meaning)
    {
        int letter = Letters.IndexOf(escape[0]);
        if (letter >= 0)
        {
            meaning = Meanings[letter];
            return 1;
        }

        meaning = default;
        if (escape[0] != 'u' || escape.Length <= HexDigits
            || !ushort.TryParse(escape.Slice(1, HexDigits), NumberStyles.AllowHexSpecifier, null, out ushort unit))
        {
            return 0;
        }

        meaning = (char)unit;
        return 1 + HexDigits;
    }
}
