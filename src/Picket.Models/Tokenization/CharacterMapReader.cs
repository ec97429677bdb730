using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace Picket.Models.Tokenization;

/// <summary>
/// Reads a <c>precompiled_charsmap</c>: the trie's length in bytes, the trie, the texts. Every rule that can be reached is visited once, so
/// that a text's normalisation needs no more checks: no cycle, no rule over <see cref="LongestRule"/> bytes, no value outside the texts.
/// </summary>
internal sealed class CharacterMapReader
{
    private const int LongestRule = 128;
    private const int LongestReplacement = 1024;

    // nmt_nfkc, the largest in use, has 237,561.
    private const int MostBytes = 1 << 22;
    private readonly string _field;
    private readonly uint[] _units;
    private readonly byte[] _texts;

    // The depth below each place where children start, plus one; the trie is a graph, for equal endings are stored once.
    private readonly byte[] _depths;

    private CharacterMapReader(string field, uint[] units, byte[] texts)
    {
        _field = field;
        _units = units;
        _texts = texts;
        _depths = new byte[(units.Length + 255) & ~255];
    }

    /// <summary>Reads and checks a map.</summary>
    /// <param name="map">The field's bytes.</param>
    /// <param name="field">The file and the field, for errors.</param>
    /// <returns><see langword="null"/> for a field without bytes, which rewrites nothing.</returns>
    public static CharacterMap? Read(ReadOnlySpan<byte> map, string field)
    {
        if (map.IsEmpty)
        {
            return null;
        }

        if (map.Length > MostBytes)
        {
            throw new PicketException($"{field}: expected at most {MostBytes} bytes, found {map.Length}");
        }

        uint length = map.Length < 4 ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(map);
        if (length == 0 || length % 4 != 0 || length > (uint)map.Length - 4)
        {
            throw new PicketException($"{field}: expected the length of a trie within {map.Length} bytes, found {length}");
        }

        uint[] units = new uint[length / 4];
        for (int i = 0; i < units.Length; i++)
        {
            units[i] = BinaryPrimitives.ReadUInt32LittleEndian(map[((i + 1) * 4)..]);
        }

        byte[] texts = map[(4 + (int)length)..].ToArray();
        if (!Utf8.IsValid(texts))
        {
            throw new PicketException($"{field}: expected replacements in UTF-8, found other bytes");
        }

        new CharacterMapReader(field, units, texts).Visit(DoubleArray.Children(0, units[0]), 1);
        return new CharacterMap(units, texts);
    }

    // Runs once, over 255 labels a node: without this it would run unoptimised, at ten times the time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Visit(uint children, int depth)
    {
        if (children >= (uint)_depths.Length)
        {
            return 0;
        }

        int below = _depths[children] - 1;
        if (below < 0)
        {
            below = 0;
            for (uint label = 1; label < 256; label++)
            {
                uint slot = children ^ label;
                if (slot < (uint)_units.Length && DoubleArray.Label(_units[slot]) == label)
                {
                    below = Math.Max(below, 1 + VisitUnit(slot, depth));
                }
            }

            _depths[children] = (byte)(below + 1);
        }

        return depth + below <= LongestRule + 1
            ? below
            : throw new PicketException($"{_field}: expected rules of at most {LongestRule} bytes, found a longer one or a circle");
    }

    private int VisitUnit(uint slot, int depth)
    {
        uint unit = _units[slot];
        uint children = DoubleArray.Children(slot, unit);
        if (DoubleArray.HasValue(unit))
        {
            uint start = children < (uint)_units.Length ? DoubleArray.Value(_units[children]) : uint.MaxValue;
            if (start > (uint)_texts.Length || (start < (uint)_texts.Length && (_texts[start] & 0xC0) == 0x80))
            {
                throw new PicketException($"{_field}: expected a replacement within {_texts.Length} bytes of texts, found one at {start}");
            }

            ReadOnlySpan<byte> text = _texts.AsSpan((int)start);
            if (text.Length > LongestReplacement && text[..(LongestReplacement + 1)].IndexOf((byte)0) < 0)
            {
                throw new PicketException($"{_field}: expected replacements of at most {LongestReplacement} bytes, found a longer one");
            }
        }

        // A circle comes back here until the depth stops it.
        return depth <= LongestRule
            ? Visit(children, depth + 1)
            : throw new PicketException($"{_field}: expected rules of at most {LongestRule} bytes, found a longer one or a circle");
    }
}
