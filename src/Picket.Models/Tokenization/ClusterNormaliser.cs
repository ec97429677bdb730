using System.Globalization;
using System.Text;

namespace Picket.Models.Tokenization;

/// <summary>
/// Rewrites a text as Hugging Face's <c>Precompiled</c> normaliser does: a grapheme cluster (UAX #29) of fewer than 6 bytes that starts with a
/// rule is replaced whole by the shortest such rule; in any other cluster each character is replaced by itself. Then runs of spaces become
/// one, and spaces become U+2581.
/// </summary>
/// <param name="characters">The rewriting rules; <see langword="null"/> for none.</param>
/// <param name="collapsesSpaces">Whether a run of spaces becomes one.</param>
internal sealed class ClusterNormaliser(CharacterMap? characters, bool collapsesSpaces)
{
    private const int WholeCluster = 6;
    private readonly bool[] _plain = characters is null ? [.. Enumerable.Repeat(true, 128)] : characters.Plain.ToArray();

    public void Append(ReadOnlySpan<char> text, ByteBuffer output)
    {
        bool afterSpace = false;
        for (int i = 0; i < text.Length;)
        {
            char next = text[i];
            if (next < 0x80 && _plain[next] && (i + 1 == text.Length || text[i + 1] < 0x80))
            {
                // Between two ASCII characters there is a boundary, but for CR LF, which either rule below treats alike.
                i++;
                Write((byte)next, output, ref afterSpace);
                continue;
            }

            int length = StringInfo.GetNextTextElementLength(text[i..]);
            AppendCluster(text.Slice(i, length), output, ref afterSpace);
            i += length;
        }
    }

    private void AppendCluster(ReadOnlySpan<char> cluster, ByteBuffer output, ref bool afterSpace)
    {
        Span<byte> bytes = stackalloc byte[WholeCluster];
        if (characters is not null && cluster.Length < WholeCluster && TryEncode(cluster, bytes, out int count)
            && characters.TryShortest(bytes[..count], out ReadOnlySpan<byte> replacement))
        {
            Write(replacement, output, ref afterSpace);
            return;
        }

        foreach (Rune rune in cluster.EnumerateRunes())
        {
            ReadOnlySpan<byte> character = bytes[..rune.EncodeToUtf8(bytes)];
            Write(
                characters is not null && characters.TryShortest(character, out replacement) ? replacement : character, output, ref afterSpace);
        }
    }

    private static bool TryEncode(ReadOnlySpan<char> cluster, Span<byte> bytes, out int count)
    {
        count = 0;
        foreach (Rune rune in cluster.EnumerateRunes())
        {
            if (count + rune.Utf8SequenceLength >= WholeCluster)
            {
                return false;
            }

            count += rune.EncodeToUtf8(bytes[count..]);
        }

        return true;
    }

    private void Write(ReadOnlySpan<byte> items, ByteBuffer output, ref bool afterSpace)
    {
        foreach (byte item in items)
        {
            Write(item, output, ref afterSpace);
        }
    }

    private void Write(byte item, ByteBuffer output, ref bool afterSpace)
    {
        if (item != ' ')
        {
            output.Add(item);
            afterSpace = false;
        }
        else if (!afterSpace)
        {
            output.Add("\u2581"u8);
            afterSpace = collapsesSpaces;
        }
    }
}
