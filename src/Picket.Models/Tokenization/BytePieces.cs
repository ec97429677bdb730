using System.Globalization;
using System.Text;

namespace Picket.Models.Tokenization;

/// <summary>The pieces <c>&lt;0x00&gt;</c> to <c>&lt;0xFF&gt;</c>.</summary>
internal static class BytePieces
{
    /// <summary>Their ids by byte.</summary>
    /// <param name="vocabulary">Where to look.</param>
    /// <param name="kind">The kind they have.</param>
    /// <param name="file">The file's name, for errors.</param>
    /// <exception cref="PicketException">One is missing.</exception>
    public static int[] Find(Vocabulary vocabulary, PieceKind kind, string file)
    {
        int[] ids = [.. Enumerable.Repeat(-1, 256)];
        for (int id = 0; id < vocabulary.Count; id++)
        {
            ReadOnlySpan<byte> text = vocabulary.Text(id);
            if (vocabulary.Kind(id) == kind && text.Length == 6 && text.StartsWith("<0x"u8) && text[5] == '>'
                && byte.TryParse(text[3..5], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value)
                && Encoding.ASCII.GetString(text) == $"<0x{value:X2}>")
            {
                ids[value] = id;
            }
        }

        int missing = Array.IndexOf(ids, -1);
        return missing < 0
            ? ids
            : throw new PicketException($"{file}: byte_fallback is on: expected 256 byte pieces, found none for <0x{missing:X2}>");
    }
}
