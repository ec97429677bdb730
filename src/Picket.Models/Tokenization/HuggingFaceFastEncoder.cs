namespace Picket.Models.Tokenization;

/// <summary>
/// The fast library's way: trim, normalise by clusters, put U+2581 in front, cut before every U+2581 (<c>Metaspace</c>, always), and one path a
/// word.
/// </summary>
/// <param name="normaliser">The rewriting.</param>
/// <param name="strips">Whether white space at both ends goes first.</param>
/// <param name="unknownText">The normalised text of [UNK], where it becomes its id; empty where it stays text.</param>
/// <param name="unknown">The id of [UNK].</param>
/// <param name="path">The model.</param>
internal sealed class HuggingFaceFastEncoder(
    ClusterNormaliser normaliser, bool strips, byte[] unknownText, int unknown, UnigramPath<DoubleSum> path) : ITextEncoder
{
    public void Append(ReadOnlySpan<char> text, TokenizerScratch scratch, TokenBuffer ids)
    {
        ByteBuffer output = scratch.Normalised;
        output.Count = 0;

        // Room for the U+2581 in front of the first word; further segments overwrite the end of the [UNK] before them.
        output.Append(Space.Length);
        normaliser.Append(strips ? text.Trim() : text, output);
        Span<byte> normalised = output.Written;
        int start = Space.Length;
        while (unknownText.Length > 0 && normalised[start..].IndexOf(unknownText) is >= 0 and int found)
        {
            AppendWords(normalised, start, start + found, scratch, ids);
            ids.Add(unknown);
            start += found + unknownText.Length;
        }

        AppendWords(normalised, start, normalised.Length, scratch, ids);
    }

    private static ReadOnlySpan<byte> Space => "\u2581"u8;

    private void AppendWords(Span<byte> text, int start, int end, TokenizerScratch scratch, TokenBuffer ids)
    {
        if (start == end)
        {
            return;
        }

        if (!text[start..end].StartsWith(Space))
        {
            start -= Space.Length;
            Space.CopyTo(text[start..]);
        }

        ReadOnlySpan<byte> rest = text[start..end];
        while (!rest.IsEmpty)
        {
            int next = rest[Space.Length..].IndexOf(Space);
            int length = next < 0 ? rest.Length : next + Space.Length;
            path.Append(rest[..length], scratch, ids);
            rest = rest[length..];
        }
    }
}
