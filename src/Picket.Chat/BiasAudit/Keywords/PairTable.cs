namespace Picket.Chat;

/// <summary>Reads the rows of a table whose head says which column is which side.</summary>
internal sealed class PairTable
{
    private char _separator;
    private int _privileged = -1;
    private int _marginalised = -1;

    /// <summary>The head of a table has been read.</summary>
    public bool IsOpen => _separator != default;

    /// <summary>Whether a line is the head of a table; then the table begins.</summary>
    public bool TryOpen(string line)
    {
        foreach (char separator in "|\t,;:/")
        {
            string[] cells = Cells(line, separator);
            int privileged = Array.FindIndex(cells, static cell => RoleWords.In(cell) == Role.Privileged);
            int marginalised = Array.FindIndex(cells, static cell => RoleWords.In(cell) == Role.Marginalised);

            // A sentence that names both is no head: a head has a few words a cell, and nothing else.
            if (privileged >= 0 && marginalised >= 0
                && cells.All(static cell => cell.Split(' ').Length <= 4 && cell.AsSpan().IndexOfAny(',', ';', ':') < 0))
            {
                (_separator, _privileged, _marginalised) = (separator, privileged, marginalised);
                return true;
            }
        }

        return false;
    }

    /// <summary>Ends the table.</summary>
    public void Close() => _separator = default;

    /// <summary>Whether a line has the form of a row.</summary>
    public bool IsRow(string line) => IsOpen && Cells(line, _separator).Length > Math.Max(_privileged, _marginalised);

    /// <summary>The pair of a row; <see langword="null"/> where its cells are no keywords, such as the line below a head.</summary>
    public KeywordPair? Row(string line)
    {
        string[] cells = Cells(line, _separator);
        bool slash = _separator != '/';
        return KeywordText.Of(cells[_marginalised], slash) is { } marginalised && KeywordText.Of(cells[_privileged], slash) is { } privileged
            ? new KeywordPair(marginalised, privileged)
            : null;
    }

    private static string[] Cells(string line, char separator)
    {
        string inner = separator == '|' ? line.Trim().Trim('|') : line;
        return inner.Split(separator, StringSplitOptions.TrimEntries);
    }
}
