using System.Numerics;
using System.Runtime.CompilerServices;

namespace Picket.Models.Tokenization;

/// <summary>
/// The units of a trie under construction, and which of them are free. A node's place fits where the units at place XOR label are free for
/// all of its labels; a block's 256 places are tried at once, for XOR with a label permutes the bits that stand for them.
/// </summary>
internal sealed class TrieSpace
{
    private const int Block = 256;
    private const int Words = Block / 64;

    /// <summary>A place has 24 bits.</summary>
    private const int MostUnits = 1 << 24;

    /// <summary>Blocks that a node is tried in before it gets a new one: with 128,000 pieces 97 of 100 units end up in use.</summary>
    private const int MostTries = 4;
    private const ulong Free = 0xFF;
    private readonly string _file;
    private ulong[] _units = [];
    private ulong[] _freeUnits = [];
    private ulong[] _freePlaces = [];
    private int _firstBlock;
    private int _length;

    public TrieSpace(string file) => _file = file;

    public ref ulong this[uint slot] => ref _units[slot];

    /// <summary>The units, without the room for more.</summary>
    public ulong[] Trimmed() => _units[.._length];

    /// <summary>Takes a place whose units for all of the labels are free, and labels them.</summary>
    public uint Take(ReadOnlySpan<byte> labels)
    {
        uint place = Find(labels);
        Clear(_freePlaces, place);
        foreach (byte label in labels)
        {
            uint slot = place ^ label;
            Clear(_freeUnits, slot);
            _units[slot] = label;
        }

        return place;
    }

    private uint Find(ReadOnlySpan<byte> labels)
    {
        // One label fits nearly anywhere and so fills the gaps; many fit only where the array is still empty, near its end.
        int blocks = _length / Block;
        int start = labels.Length == 1 ? _firstBlock : Math.Max(_firstBlock, blocks - MostTries);
        int end = Math.Min(blocks, start + MostTries);
        for (int block = start; block < end; block++)
        {
            int place = FirstFit(block, labels);
            if (place >= 0)
            {
                return (uint)((block * Block) + place);
            }

            // What has no room for one label is given up, or every later node would try it again.
            _firstBlock += labels.Length == 1 && block == _firstBlock ? 1 : 0;
        }

        Append();
        return (uint)((blocks * Block) + FirstFit(blocks, labels));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int FirstFit(int block, ReadOnlySpan<byte> labels)
    {
        ReadOnlySpan<ulong> free = _freeUnits.AsSpan(block * Words, Words);
        Span<ulong> fits = stackalloc ulong[Words];
        _freePlaces.AsSpan(block * Words, Words).CopyTo(fits);
        foreach (byte label in labels)
        {
            ulong any = 0;
            for (int word = 0; word < Words; word++)
            {
                fits[word] &= Permute(free[word ^ (label >> 6)], label & 63);
                any |= fits[word];
            }

            if (any == 0)
            {
                return -1;
            }
        }

        int first = 0;
        while (fits[first] == 0)
        {
            first++;
        }

        return (first * 64) + BitOperations.TrailingZeroCount(fits[first]);
    }

    /// <summary>Moves each bit i of a word to i XOR <paramref name="label"/>.</summary>
    private static ulong Permute(ulong word, int label)
    {
        word = (label & 1) == 0 ? word : ((word >> 1) & 0x5555555555555555) | ((word & 0x5555555555555555) << 1);
        word = (label & 2) == 0 ? word : ((word >> 2) & 0x3333333333333333) | ((word & 0x3333333333333333) << 2);
        word = (label & 4) == 0 ? word : ((word >> 4) & 0x0F0F0F0F0F0F0F0F) | ((word & 0x0F0F0F0F0F0F0F0F) << 4);
        word = (label & 8) == 0 ? word : ((word >> 8) & 0x00FF00FF00FF00FF) | ((word & 0x00FF00FF00FF00FF) << 8);
        word = (label & 16) == 0 ? word : ((word >> 16) & 0x0000FFFF0000FFFF) | ((word & 0x0000FFFF0000FFFF) << 16);
        return (label & 32) == 0 ? word : BitOperations.RotateLeft(word, 32);
    }

    private void Append()
    {
        if (_length == MostUnits)
        {
            throw new PicketException($"{_file}: expected pieces that fit a trie of {MostUnits} units, found more");
        }

        int start = _length;
        _length += Block;
        if (_units.Length < _length)
        {
            int length = Math.Max(_length, _units.Length * 2);
            Array.Resize(ref _units, length);
            Array.Resize(ref _freeUnits, length / 64);
            Array.Resize(ref _freePlaces, length / 64);
        }

        _units.AsSpan(start, Block).Fill(Free);
        _freeUnits.AsSpan(start / 64, Words).Fill(ulong.MaxValue);
        _freePlaces.AsSpan(start / 64, Words).Fill(ulong.MaxValue);

        // Place 0 means no children.
        Clear(_freePlaces, 0);
    }

    private static void Clear(ulong[] bits, uint i) => bits[i >> 6] &= ~(1ul << (int)(i & 63));
}
