using System.Buffers.Binary;
using System.Text;
using Picket.Models.Tokenization;

namespace Picket.Models.Tests.Tokenization;

/// <summary>Writes small <c>spm.model</c> files.</summary>
internal sealed class SmallModel
{
    private readonly List<byte> _content = [];
    private int _count;

    /// <summary>The marks of DeBERTa, letters, a few words, and rules for full-width letters and a line break.</summary>
    public static SmallModel Deberta(bool byteFallback = false)
    {
        SmallModel model = new SmallModel()
            .Piece("[PAD]", 0, PieceKind.Control).Piece("[CLS]", 0, PieceKind.Control).Piece("[SEP]", 0, PieceKind.Control)
            .Piece("[UNK]", 0, PieceKind.Unknown);
        for (int i = 0; byteFallback && i < 256; i++)
        {
            model.Piece($"<0x{i:X2}>", 0, PieceKind.Byte);
        }

        foreach (string piece in (string[])["\u2581", "a", "b", "c", "ab", "abc", "\u2581a", "\u2581ab", "[", "]", "S", "E", "P", "SE", "é"])
        {
            model.Piece(piece, -2 - (0.37f * model._count % 5));
        }

        byte[] trainer = byteFallback ? [.. Tag(35, 0), 1] : [];
        return model.Message(2, trainer).Message(3, [.. Bytes(2, Characters(new()
        {
            ["\uFF53"] = "s",
            ["\uFF33"] = "S",
            ["\uFF25"] = "E",
            ["\uFF30"] = "P",
            ["\uFF3B"] = "[",
            ["\uFF3D"] = "]",
            ["\n"] = " ",
            ["e\u0301"] = "é",
            ["\u3000"] = " ",
            ["\u00BD"] = "1/2",
        }))]);
    }

    public SmallModel Piece(string text, float score, PieceKind kind = PieceKind.Normal) => Piece(Encoding.UTF8.GetBytes(text), score, kind);

    public SmallModel Piece(byte[] text, float score, PieceKind kind = PieceKind.Normal)
    {
        byte[] number = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(number, score);
        _count++;
        return Message(1, [.. Bytes(1, text), .. Tag(2, 5), .. number, .. Tag(3, 0), (byte)kind]);
    }

    public SmallModel Message(int field, byte[] content)
    {
        _content.AddRange(Bytes(field, content));
        return this;
    }

    public byte[] ToArray() => [.. _content];

    public static byte[] Tag(int field, int type) => Varint(((ulong)field << 3) | (uint)type);

    public static byte[] Bytes(int field, byte[] content) => [.. Tag(field, 2), .. Varint((ulong)content.Length), .. content];

    public static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value > 0x7F; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        return [.. bytes, (byte)value];
    }

    /// <summary>A <c>precompiled_charsmap</c> of the rules.</summary>
    public static byte[] Characters(Dictionary<string, string> rules)
    {
        var texts = new List<byte>();
        var values = new SortedDictionary<string, (byte[] Key, int Value)>(StringComparer.Ordinal);
        foreach ((string from, string to) in rules)
        {
            values[from] = (Encoding.UTF8.GetBytes(from), texts.Count);
            texts.AddRange([.. Encoding.UTF8.GetBytes(to), 0]);
        }

        uint[] units = new uint[1024];
        bool[] taken = new bool[units.Length];
        bool[] places = new bool[units.Length];
        taken[0] = true;
        Fill(0, [.. values.Values], 0, units, taken, places);
        byte[] map = new byte[4 + (units.Length * 4) + texts.Count];
        BinaryPrimitives.WriteInt32LittleEndian(map, units.Length * 4);
        for (int i = 0; i < units.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(map.AsSpan(4 + (i * 4)), units[i]);
        }

        texts.CopyTo(map, 4 + (units.Length * 4));
        return map;
    }

    private static void Fill(int slot, (byte[] Key, int Value)[] rules, int depth, uint[] units, bool[] taken, bool[] places)
    {
        byte[] labels = [.. rules.Select(rule => rule.Key.Length == depth ? (byte)0 : rule.Key[depth]).Distinct()];
        int place = Enumerable.Range(1, units.Length - 1).First(candidate => !places[candidate] && labels.All(label => !taken[candidate ^ label]));
        places[place] = true;
        units[slot] |= (uint)(slot ^ place) << 10;
        foreach (byte label in labels)
        {
            taken[place ^ label] = true;
        }

        foreach (byte label in labels)
        {
            (byte[] Key, int Value)[] below = [.. rules.Where(rule => (rule.Key.Length == depth ? 0 : rule.Key[depth]) == label)];
            if (label == 0)
            {
                units[slot] |= 0x100;
                units[place] = (uint)below[0].Value | 0x80000000;
            }
            else
            {
                units[place ^ label] = label;
                Fill(place ^ label, below, depth + 1, units, taken, places);
            }
        }
    }
}
