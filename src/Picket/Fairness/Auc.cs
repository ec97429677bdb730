namespace Picket.Fairness;

/// <summary>The area under a ROC curve of two samples.</summary>
internal static class Auc
{
    /// <summary>
    /// The probability that one of <paramref name="high"/> lies above one of <paramref name="low"/>, an equal one counting one half
    /// (Mann and Whitney 1947); <see langword="null"/> where either is empty.
    /// </summary>
    /// <param name="low">Sorted, ascending.</param>
    /// <param name="high">Sorted, ascending.</param>
    public static double? Of(ReadOnlySpan<double> low, ReadOnlySpan<double> high)
    {
        if (low.IsEmpty || high.IsEmpty)
        {
            return null;
        }

        long doubled = 0;
        int below = 0, notAbove = 0;
        foreach (double value in high)
        {
            while (below < low.Length && low[below] < value)
            {
                below++;
            }

            while (notAbove < low.Length && low[notAbove] <= value)
            {
                notAbove++;
            }

            doubled += below + notAbove;
        }

        return doubled / (2.0 * low.Length * high.Length);
    }
}
