namespace Picket.Training.Optimisation;

/// <summary>Cuts a batch into what one forward and backward pass takes.</summary>
internal static class Chunks
{
    /// <summary>
    /// The rows sorted by length, the longest first so that memory runs out at once if it does, cut where a chunk would have more than
    /// <paramref name="mostRows"/> rows or <paramref name="mostTokens"/> tokens. Rows of one length keep their order.
    /// </summary>
    /// <remarks>Rows have no padding; equal lengths side by side make even work for the threads.</remarks>
    public static IEnumerable<TRow[]> Cut<TRow>(IReadOnlyList<TRow> batch, Func<TRow, int> tokens, int mostRows, int mostTokens)
    {
        var chunk = new List<TRow>(mostRows);
        int sum = 0;
        foreach ((TRow row, int length) in batch.Select(row => (row, tokens(row))).OrderByDescending(static pair => pair.Item2))
        {
            if (chunk.Count == mostRows || (chunk.Count > 0 && sum + length > mostTokens))
            {
                yield return [.. chunk];
                chunk.Clear();
                sum = 0;
            }

            chunk.Add(row);
            sum += length;
        }

        if (chunk.Count > 0)
        {
            yield return [.. chunk];
        }
    }
}
