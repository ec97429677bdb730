namespace Picket.Models.Tokenization;

/// <summary>
/// Rewrites a text as sentencepiece's <c>Normalizer::Normalize</c> does: the longest rule at each place, symbols of the user's as they are,
/// and the model's treatment of white space.
/// </summary>
/// <param name="characters">The rewriting rules; <see langword="null"/> for none.</param>
/// <param name="symbols">The pieces that a user defined, which no rule touches; <see langword="null"/> for none.</param>
/// <param name="rules">The treatment of white space.</param>
internal sealed class SentencePieceNormaliser(CharacterMap? characters, PieceTrie? symbols, WhitespaceRules rules)
{
    private readonly bool[] _plain = Plain(characters, symbols);

    private ReadOnlySpan<byte> Space => rules.Escape ? "\u2581"u8 : " "u8;

    public void Append(ReadOnlySpan<byte> text, ByteBuffer output)
    {
        int start = rules.RemoveExtra ? HeadingSpaces(text) : 0;
        if (start == text.Length)
        {
            return;
        }

        int first = output.Count;
        if (rules.AddDummyPrefix && !rules.AsSuffix)
        {
            output.Add(Space);
        }

        AppendCharacters(text[start..], output);
        while (rules.RemoveExtra && output.Written[first..].EndsWith(Space))
        {
            output.Count -= Space.Length;
        }

        if (rules.AddDummyPrefix && rules.AsSuffix)
        {
            output.Add(Space);
        }
    }

    private void AppendCharacters(ReadOnlySpan<byte> text, ByteBuffer output)
    {
        bool afterSpace = rules.RemoveExtra;
        for (int i = 0; i < text.Length;)
        {
            byte next = text[i];
            if (next < 0x80 && _plain[next] && (i + 1 == text.Length || text[i + 1] < 0x80))
            {
                i++;
                if (next != ' ')
                {
                    output.Add(next);
                    afterSpace = false;
                }
                else if (!afterSpace)
                {
                    output.Add(Space);
                    afterSpace = rules.RemoveExtra;
                }

                continue;
            }

            ReadOnlySpan<byte> rewritten = Rewrite(text[i..], out int length);
            i += length;
            if (afterSpace)
            {
                rewritten = rewritten.TrimStart((byte)' ');
            }

            foreach (byte item in rewritten)
            {
                if (item == ' ')
                {
                    output.Add(Space);
                }
                else
                {
                    output.Add(item);
                }
            }

            if (!rewritten.IsEmpty)
            {
                afterSpace = rules.RemoveExtra && rewritten[^1] == ' ';
            }
        }
    }

    private int HeadingSpaces(ReadOnlySpan<byte> text)
    {
        int start = 0;
        while (start < text.Length && Rewrite(text[start..], out int length) is [(byte)' '])
        {
            start += length;
        }

        return start;
    }

    /// <summary>What the next characters become.</summary>
    private ReadOnlySpan<byte> Rewrite(ReadOnlySpan<byte> text, out int length)
    {
        if (symbols is not null && symbols.Longest(text, out length) >= 0)
        {
            return text[..length];
        }

        ReadOnlySpan<byte> replacement = default;
        length = 0;
        if (characters is not null)
        {
            replacement = characters.Longest(text, out length);
        }

        if (length == 0)
        {
            length = Utf8Character.Length(text[0]);
            return text[..length];
        }

        return replacement;
    }

    private static bool[] Plain(CharacterMap? characters, PieceTrie? symbols)
    {
        bool[] plain = new bool[128];
        for (int i = 0; i < plain.Length; i++)
        {
            plain[i] = (characters?.Plain[i] ?? true) && (symbols is null || (byte)symbols.Units[symbols.Root ^ (uint)i] != i);
        }

        return plain;
    }
}
