using System.Text;
using System.Text.Unicode;

namespace Picket.Models.Tokenization;

/// <summary>The pieces by id: text in UTF-8, one after the other in one array, score and kind.</summary>
internal sealed class Vocabulary
{
    /// <summary>Bounds the steps from one place of a text, and so the time a text takes. DeBERTa-v3's longest piece has 32 bytes.</summary>
    public const int LongestPiece = 1024;

    /// <summary>An id and a mark share 32 bits of the trie; XLM-RoBERTa, the largest in use, has 250,002 pieces.</summary>
    private const int MostPieces = 1 << 23;
    private const double LargestScore = 1e6;
    private readonly string _file;
    private byte[] _text = new byte[1 << 14];
    private int[] _ends = new int[1 << 10];
    private double[] _scores = new double[1 << 10];
    private PieceKind[] _kinds = new PieceKind[1 << 10];

    /// <summary>Creates an empty vocabulary; <paramref name="file"/> is the file's name, for errors.</summary>
    public Vocabulary(string file) => _file = file;

    public int Count { get; private set; }

    public ReadOnlySpan<double> Scores => _scores.AsSpan(0, Count);

    public ReadOnlySpan<byte> Text(int id) => _text.AsSpan(Start(id), _ends[id] - Start(id));

    public PieceKind Kind(int id) => _kinds[id];

    public void SetKind(int id, PieceKind kind) => _kinds[id] = kind;

    /// <summary>The lowest id of a piece of this text, or -1.</summary>
    public int Find(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        for (int id = 0; id < Count; id++)
        {
            if (Text(id).SequenceEqual(utf8))
            {
                return id;
            }
        }

        return -1;
    }

    /// <summary>Adds the piece of the next id.</summary>
    /// <exception cref="PicketException">The piece is empty, too long or not UTF-8, its score is of no use, or there are too many.</exception>
    public void Add(ReadOnlySpan<byte> text, double score, PieceKind kind)
    {
        if (text.Length is 0 or > LongestPiece || !Utf8.IsValid(text))
        {
            string found = text.Length is 0 or > LongestPiece ? $"{text.Length} bytes" : "bytes that are not UTF-8";
            throw new PicketException($"{_file}, piece {Count}: expected a text of 1 to {LongestPiece} bytes, found {found}");
        }

        if (!(Math.Abs(score) <= LargestScore))
        {
            throw new PicketException(
                $"{_file}, piece {Count}, field \"score\": expected a number from -{LargestScore} to {LargestScore}, found {score}");
        }

        if (Count == MostPieces)
        {
            throw new PicketException($"{_file}: expected at most {MostPieces} pieces, found more");
        }

        int start = Count == 0 ? 0 : _ends[Count - 1];
        if (_ends.Length == Count)
        {
            Array.Resize(ref _ends, Count * 2);
            Array.Resize(ref _scores, Count * 2);
            Array.Resize(ref _kinds, Count * 2);
        }

        if (text.Length > _text.Length - start)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, start + text.Length));
        }

        text.CopyTo(_text.AsSpan(start));
        _ends[Count] = start + text.Length;
        _scores[Count] = score;
        _kinds[Count++] = kind;
    }

    private int Start(int id) => id == 0 ? 0 : _ends[id - 1];
}
