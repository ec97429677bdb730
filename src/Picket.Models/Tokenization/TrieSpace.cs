using System.Numerics;

namespace Picket.Models.Tokenization;

/// <summary>The units of a trie under construction, and which of them are free: first fit, with a bound on the tries.</summary>
internal sealed class TrieSpace
{
    private const int Block = 256;

    /// <summary>A place has 24 bits.</summary>
    private const int MostUnits = 1 << 24;

    /// <summary>Tries before a node gets a new block: with 128,000 pieces 9 of 10 units end up in use.</summary>
    private const int MostTries = 200;
    private const ulong Free = 0xFF;
    private readonly string _file;
    private ulong[] _free = [];
    private ulong[] _freePlaces = [];
    private int _first;
    private int _length;

    public TrieSpace(string file) => _file = file;

    public ulong[] Units { get; private set; } = [];

    /// <summary>Takes a place whose units for all of the labels are free, and labels them.</summary>
    public uint Take(ReadOnlySpan<byte> labels)
    {
        uint place = Find(labels);
        Clear(_freePlaces, place);
        foreach (byte label in labels)
        {
            uint slot = place ^ label;
            Clear(_free, slot);
            Units[slot] = label;
        }

        return place;
    }

    /// <summary>The units, without the room for more.</summary>
    public ulong[] Trimmed() => Units[.._length];

    private uint Find(ReadOnlySpan<byte> labels)
    {
        if (labels.IsEmpty)
        {
            Append();
            return (uint)(_length - Block) | 1;
        }

        // One label fits nearly anywhere and so fills the gaps; many fit only where the array is still empty, near its end.
        int start = labels.Length == 1 ? _first : Math.Max(_first, _length - (16 * Block));
        int tries = 0;
        for (int slot = NextFree(start); slot < _length; slot = NextFree(slot + 1))
        {
            uint place = (uint)slot ^ labels[0];
            if (Fits(place, labels))
            {
                return place;
            }

            if (++tries == MostTries)
            {
                // What fitted nothing so often is given up, or every later node would try it again.
                _first = labels.Length == 1 ? slot : _first;
                break;
            }
        }

        Append();
        return (uint)(_length - Block) ^ labels[0] ^ (uint)(labels[0] == 0 ? 1 : 0);
    }

    private bool Fits(uint place, ReadOnlySpan<byte> labels)
    {
        if (!IsSet(_freePlaces, place))
        {
            return false;
        }

        foreach (byte label in labels)
        {
            if (!IsSet(_free, place ^ label))
            {
                return false;
            }
        }

        return true;
    }

    private int NextFree(int slot)
    {
        while (slot < _length)
        {
            ulong word = _free[slot >> 6] >> (slot & 63);
            if (word != 0)
            {
                return slot + BitOperations.TrailingZeroCount(word);
            }

            slot = (slot | 63) + 1;
        }

        return slot;
    }

    private void Append()
    {
        if (_length == MostUnits)
        {
            throw new PicketException($"{_file}: expected pieces that fit a trie of {MostUnits} units, found more");
        }

        _length += Block;
        if (Units.Length < _length)
        {
            int length = Math.Max(_length, Units.Length + (Units.Length / 2 / Block * Block));
            ulong[] units = new ulong[length];
            Units.CopyTo(units, 0);
            units.AsSpan(Units.Length).Fill(Free);
            Units = units;
            Array.Resize(ref _free, length / 64);
            Array.Resize(ref _freePlaces, length / 64);
        }

        _free.AsSpan((_length - Block) / 64, Block / 64).Fill(ulong.MaxValue);
        _freePlaces.AsSpan((_length - Block) / 64, Block / 64).Fill(ulong.MaxValue);

        // Place 0 means no children.
        Clear(_freePlaces, 0);
    }

    private static bool IsSet(ulong[] bits, uint i) => (bits[i >> 6] & (1ul << (int)(i & 63))) != 0;

    private static void Clear(ulong[] bits, uint i) => bits[i >> 6] &= ~(1ul << (int)(i & 63));
}
