using System.Buffers.Binary;

namespace Picket.Models.Tokenization;

/// <summary>
/// Builds a <see cref="PieceTrie"/>: sorts the pieces and places them breadth first, so that the units of the first bytes, which every text
/// visits, lie together.
/// </summary>
internal sealed class PieceTrieBuilder
{
    private readonly Vocabulary _vocabulary;
    private readonly TrieSpace _space;
    private readonly ulong[] _keys;
    private readonly int[] _ids;
    private readonly byte[] _labels = new byte[256];
    private readonly int[] _starts = new int[257];

    private PieceTrieBuilder(Vocabulary vocabulary, string file, int[] ids)
    {
        _vocabulary = vocabulary;
        _space = new TrieSpace(file);
        _ids = ids;
        _keys = new ulong[ids.Length];
    }

    /// <summary>Builds the trie of the pieces of these ids.</summary>
    /// <param name="vocabulary">Their texts.</param>
    /// <param name="ids">The ids, ascending; they are put into another order.</param>
    /// <param name="file">The file's name, for errors.</param>
    /// <param name="lastWins">Of several pieces of one text, whether the last one counts; if not, there may be none.</param>
    public static PieceTrie Build(Vocabulary vocabulary, int[] ids, string file, bool lastWins)
    {
        var builder = new PieceTrieBuilder(vocabulary, file, ids);
        builder.Sort();
        if (!lastWins)
        {
            builder.RequireDistinct(file);
        }

        return builder.Place();
    }

    private void Sort()
    {
        for (int i = 0; i < _ids.Length; i++)
        {
            _keys[i] = Prefix(_vocabulary.Text(_ids[i]));
        }

        // Eight bytes as one number order most pieces; only those that share them are compared as texts.
        Array.Sort(_keys, _ids);
        for (int start = 0; start < _ids.Length;)
        {
            int end = start + 1;
            while (end < _ids.Length && _keys[end] == _keys[start])
            {
                end++;
            }

            _ids.AsSpan(start, end - start).Sort(Compare);
            start = end;
        }
    }

    private int Compare(int a, int b)
    {
        int order = _vocabulary.Text(a).SequenceCompareTo(_vocabulary.Text(b));
        return order != 0 ? order : a.CompareTo(b);
    }

    private static ulong Prefix(ReadOnlySpan<byte> text)
    {
        Span<byte> eight = stackalloc byte[8];
        eight.Clear();
        text[..Math.Min(8, text.Length)].CopyTo(eight);
        return BinaryPrimitives.ReadUInt64BigEndian(eight);
    }

    private void RequireDistinct(string file)
    {
        for (int i = 1; i < _ids.Length; i++)
        {
            if (_vocabulary.Text(_ids[i]).SequenceEqual(_vocabulary.Text(_ids[i - 1])))
            {
                throw new PicketException(
                    $"{file}, piece {_ids[i]}: expected a text of its own, found that of piece {_ids[i - 1]}: "
                    + $"{Shown.Text(_vocabulary.Text(_ids[i]))}");
            }
        }
    }

    private PieceTrie Place()
    {
        var nodes = new Queue<(int Start, int End, int Depth, uint Slot)>();
        uint root = PlaceChildren(nodes, 0, _ids.Length, 0);
        while (nodes.TryDequeue(out (int Start, int End, int Depth, uint Slot) node))
        {
            int start = node.Start;
            int id = -1;
            while (start < node.End && _vocabulary.Text(_ids[start]).Length == node.Depth)
            {
                id = _ids[start++];
            }

            uint children = start < node.End ? PlaceChildren(nodes, start, node.End, node.Depth) : 0;
            ref ulong unit = ref _space[node.Slot];
            unit = (byte)unit | ((ulong)children << 8) | ((ulong)(uint)(id + 1) << 32);
        }

        return new PieceTrie(_space.Trimmed(), root);
    }

    /// <summary>Finds room for the bytes at <paramref name="depth"/> of some sorted pieces, and queues them.</summary>
    private uint PlaceChildren(Queue<(int Start, int End, int Depth, uint Slot)> nodes, int start, int end, int depth)
    {
        int count = 0;
        for (int i = start; i < end; i++)
        {
            byte label = _vocabulary.Text(_ids[i])[depth];
            if (count == 0 || _labels[count - 1] != label)
            {
                _labels[count] = label;
                _starts[count++] = i;
            }
        }

        _starts[count] = end;
        uint place = _space.Take(_labels.AsSpan(0, count));
        for (int i = 0; i < count; i++)
        {
            nodes.Enqueue((_starts[i], _starts[i + 1], depth + 1, place ^ _labels[i]));
        }

        return place;
    }
}
