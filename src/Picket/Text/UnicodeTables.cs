using System.IO.Compression;
using System.Text;

namespace Picket.Text;

/// <summary>The Unicode data that make-tables.py packs; read on first use, so that ASCII text never pays for it.</summary>
internal sealed class UnicodeTables
{
    private static readonly Lazy<UnicodeTables> s_instance = new(Load);

    private readonly int _lastQuiet;
    private readonly CodePointTable _records;
    private readonly ushort[] _classes;
    private readonly ushort[] _starts;
    private readonly ushort[] _lengths;
    private readonly char[] _pool;
    private readonly ulong[] _pairs;
    private readonly int[] _composites;
    private readonly CodePointTable _lookAlikes;

    private UnicodeTables(BinaryReader reader)
    {
        _lastQuiet = reader.ReadInt32();
        _records = new CodePointTable(ReadUInt16s(reader), ReadUInt16s(reader));
        _classes = ReadUInt16s(reader);
        _starts = ReadUInt16s(reader);
        _lengths = ReadUInt16s(reader);
        _pool = Array.ConvertAll(ReadUInt16s(reader), unit => (char)unit);
        _pairs = new ulong[reader.ReadInt32() / 3];
        _composites = new int[_pairs.Length];
        for (int i = 0; i < _pairs.Length; i++)
        {
            _pairs[i] = PairKey(reader.ReadInt32(), reader.ReadInt32());
            _composites[i] = reader.ReadInt32();
        }

        _lookAlikes = new CodePointTable(ReadUInt16s(reader), ReadUInt16s(reader));
    }

    public static UnicodeTables Instance => s_instance.Value;

    /// <summary>Whether the code point is in NFKC by itself and starts a stretch that composes with nothing before it.</summary>
    public bool IsQuiet(int codePoint) => _records[codePoint] <= _lastQuiet;

    /// <summary>Whether nothing before the code point composes or changes places with it, decomposed or not.</summary>
    public bool IsBoundary(int codePoint)
    {
        if (IsQuiet(codePoint))
        {
            return true;
        }

        ReadOnlySpan<char> parts = Decomposition(codePoint);
        return !parts.IsEmpty && IsQuiet(CodePoints.At(parts, 0));
    }

    /// <summary>The canonical combining class.</summary>
    public int CombiningClass(int codePoint) => _classes[_records[codePoint]];

    /// <summary>The full compatibility decomposition; empty where the code point has none. Hangul syllables are not in the tables.</summary>
    public ReadOnlySpan<char> Decomposition(int codePoint)
    {
        int record = _records[codePoint];
        return _pool.AsSpan(_starts[record], _lengths[record]);
    }

    /// <summary>The primary composite of two code points; Hangul syllables are not in the tables.</summary>
    public bool TryCompose(int first, int second, out int composite)
    {
        int at = Array.BinarySearch(_pairs, PairKey(first, second));
        composite = at >= 0 ? _composites[at] : 0;
        return at >= 0;
    }

    /// <summary>The ASCII letter that the code point looks like; <c>'\0'</c> where there is none.</summary>
    /// <param name="codePoint">The code point.</param>
    /// <param name="exact">Whether a reader cannot tell the two apart (а, a) rather than takes one for the other (к, k).</param>
    public char LookAlike(int codePoint, out bool exact)
    {
        int entry = _lookAlikes[codePoint];
        exact = (entry & 0x80) != 0;
        return (char)(entry & 0x7F);
    }

    private static ulong PairKey(int first, int second) => ((ulong)first << 32) | (uint)second;

    private static UnicodeTables Load()
    {
        using Stream packed = typeof(UnicodeTables).Assembly.GetManifestResourceStream("unicode-tables.bin.gz")!;
        using var reader = new BinaryReader(new GZipStream(packed, CompressionMode.Decompress), Encoding.UTF8);
        return new UnicodeTables(reader);
    }

    private static ushort[] ReadUInt16s(BinaryReader reader)
    {
        var values = new ushort[reader.ReadInt32()];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = reader.ReadUInt16();
        }

        return values;
    }
}
