namespace Picket.Data.Formats;

/// <summary>Guesses what a mistyped name was meant to be.</summary>
internal static class NearestName
{
    /// <summary>The known name with the fewest edits (Levenshtein); <see langword="null"/> when half of it would have to change.</summary>
    public static string? Of(string name, IEnumerable<string> known)
    {
        string nearest = known.MinBy(candidate => Edits(name, candidate))!;
        return Edits(name, nearest) * 2 < nearest.Length ? nearest : null;
    }

    private static int Edits(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substituted = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
