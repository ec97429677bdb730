namespace Picket.Ablation;

/// <summary>Pieces and their numbers.</summary>
internal sealed class Vocabulary
{
    /// <summary>Stands before every text; is never predicted.</summary>
    public const int Start = 0;

    /// <summary>Stands behind every text.</summary>
    public const int End = 1;

    /// <summary>Every piece that was not learned.</summary>
    public const int Unknown = 2;

    private readonly List<string> _pieces = ["<start>", "<end>", "<unknown>"];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>How many numbers there are, those of the three marks included.</summary>
    public int Count => _pieces.Count;

    /// <summary>A number's piece.</summary>
    public string this[int number] => _pieces[number];

    /// <summary>A piece's number, a new one where it has none.</summary>
    public int Add(string piece)
    {
        if (!_numbers.TryGetValue(piece, out int number))
        {
            number = Count;
            _numbers[piece] = number;
            _pieces.Add(piece);
        }

        return number;
    }

    /// <summary>A piece's number; <see cref="Unknown"/> where it has none.</summary>
    public int Of(string piece) => _numbers.GetValueOrDefault(piece, Unknown);

    /// <summary>The numbers of all pieces that begin so, itself included.</summary>
    public int[] Beginning(string start) =>
        [.. _numbers.Where(pair => pair.Key.StartsWith(start, StringComparison.Ordinal)).Select(static pair => pair.Value)];
}
