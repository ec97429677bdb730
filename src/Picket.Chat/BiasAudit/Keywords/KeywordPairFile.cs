using System.Text;

namespace Picket.Chat;

/// <summary>Keyword pairs in a file that somebody can look through and change.</summary>
public static class KeywordPairFile
{
    private const string Head = "Marginalised | Privileged";

    /// <summary>The file's text: a head, and a line a pair.</summary>
    public static string Format(IEnumerable<KeywordPair> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var text = new StringBuilder(Head).Append('\n');
        foreach (KeywordPair pair in pairs)
        {
            text.Append(pair.Marginalised).Append(" | ").Append(pair.Privileged).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Reads what <see cref="Format"/> made, line for line, or any other text as <see cref="KeywordPairParser"/> does.</summary>
    /// <exception cref="PicketException">The file cannot be read, a line behind the head is no pair, or there is none.</exception>
    public static async Task<IReadOnlyList<KeywordPair>> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        try
        {
            string text = await File.ReadAllTextAsync(path, cancellationToken);
            IReadOnlyList<KeywordPair> pairs = text.StartsWith(Head, StringComparison.Ordinal) ? Lines(path, text) : KeywordPairParser.Parse(text);
            return pairs.Count > 0 ? pairs : throw new PicketException($"{path}: expected keyword pairs, found none");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PicketException($"{path}: cannot be read", fault);
        }
    }

    private static List<KeywordPair> Lines(string path, string text)
    {
        var pairs = new List<KeywordPair>();
        foreach ((int index, string line) in text.ReplaceLineEndings("\n").Split('\n').Index().Skip(1))
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                string[] cells = line.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                pairs.Add(cells is [var marginalised, var privileged]
                    ? new KeywordPair(marginalised, privileged)
                    : throw new PicketException($"{path}, line {index + 1}: expected two keywords with a bar between them, found another form"));
            }
        }

        return pairs;
    }
}
