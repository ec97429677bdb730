namespace Picket.Models.Tokenization;

/// <summary>
/// sentencepiece's <c>precompiled_charsmap</c>: a double-array trie of darts-clone over UTF-8, whose values are where the replacement starts
/// in a pool of texts that each end in a zero byte. <see cref="CharacterMapReader"/> has checked every value and the depth.
/// </summary>
internal sealed class CharacterMap
{
    private readonly uint[] _units;
    private readonly byte[] _texts;
    private readonly bool[] _plain = new bool[128];

    public CharacterMap(uint[] units, byte[] texts)
    {
        _units = units;
        _texts = texts;
        for (int first = 0; first < _plain.Length; first++)
        {
            _plain[first] = IsPlain((byte)first);
        }
    }

    /// <summary>Whether each ASCII character stays as it is wherever the next one is ASCII too.</summary>
    public ReadOnlySpan<bool> Plain => _plain;

    /// <summary>The rule of the most bytes that the text starts with and that ends where a character does.</summary>
    /// <param name="text">Well-formed UTF-8.</param>
    /// <param name="length">The bytes to replace; 0 without a rule.</param>
    public ReadOnlySpan<byte> Longest(ReadOnlySpan<byte> text, out int length)
    {
        length = 0;
        ReadOnlySpan<byte> found = default;
        uint node = DoubleArray.Children(0, _units[0]);
        for (int i = 0; i < text.Length && TryStep(ref node, text[i], out uint unit);)
        {
            i++;
            if (DoubleArray.HasValue(unit) && (i == text.Length || (text[i] & 0xC0) != 0x80))
            {
                length = i;
                found = Replacement(node);
            }
        }

        return found;
    }

    /// <summary>The rule of the fewest bytes that the text starts with: what Hugging Face's library applies to a whole cluster.</summary>
    public bool TryShortest(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> replacement)
    {
        uint node = DoubleArray.Children(0, _units[0]);
        foreach (byte next in text)
        {
            if (!TryStep(ref node, next, out uint unit))
            {
                break;
            }

            if (DoubleArray.HasValue(unit))
            {
                replacement = Replacement(node);
                return true;
            }
        }

        replacement = default;
        return false;
    }

    private bool TryStep(ref uint node, byte next, out uint unit)
    {
        uint slot = node ^ next;
        unit = slot < (uint)_units.Length ? _units[slot] : 0;
        if (next == 0 || DoubleArray.Label(unit) != next)
        {
            return false;
        }

        node = DoubleArray.Children(slot, unit);
        return true;
    }

    private ReadOnlySpan<byte> Replacement(uint node)
    {
        ReadOnlySpan<byte> text = _texts.AsSpan((int)DoubleArray.Value(_units[node]));
        int end = text.IndexOf((byte)0);
        return end < 0 ? text : text[..end];
    }

    private bool IsPlain(byte first)
    {
        uint node = DoubleArray.Children(0, _units[0]);
        if (!TryStep(ref node, first, out uint unit))
        {
            return true;
        }

        if (DoubleArray.HasValue(unit))
        {
            return false;
        }

        for (int second = 1; second < 128; second++)
        {
            uint child = node;
            if (TryStep(ref child, (byte)second, out _))
            {
                return false;
            }
        }

        return true;
    }
}
