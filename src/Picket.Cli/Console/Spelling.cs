namespace Picket.Cli;

/// <summary>Finds what somebody meant to type.</summary>
internal static class Spelling
{
    /// <summary>The candidate with the fewest edits, or <see langword="null"/> when none is within a third of the word's length.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        (string Candidate, int Edits) best = candidates
            .Select(candidate => (candidate, Edits(word, candidate)))
            .OrderBy(pair => pair.Item2)
            .FirstOrDefault((string.Empty, int.MaxValue));
        return best.Edits <= Math.Max(1, word.TrimStart('-').Length / 3) ? best.Candidate : null;
    }

    /// <summary>Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).</summary>
    internal static int Edits(string left, string right)
    {
        var table = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
        {
            for (int j = 0; j <= right.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }

                int change = left[i - 1] == right[j - 1] ? 0 : 1;
                int edits = Math.Min(table[i - 1, j - 1] + change, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                bool swapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
                table[i, j] = swapped ? Math.Min(edits, table[i - 2, j - 2] + 1) : edits;
            }
        }

        return table[left.Length, right.Length];
    }
}
