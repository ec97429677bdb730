namespace Picket.Statistics;

/// <summary>Holm's correction for several tests (Holm 1979).</summary>
public static class Holm
{
    /// <summary>
    /// Adjusted p-values in the order of <paramref name="values"/>: rejecting those of at most 5 % is wrong of any true hypothesis in at most 5 % of
    /// audits, however the tests depend on each other.
    /// </summary>
    public static IReadOnlyList<double> Adjust(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var adjusted = new double[values.Count];
        double largest = 0;
        foreach ((int rank, int place) in Enumerable.Range(0, values.Count).OrderBy(place => values[place]).Index())
        {
            largest = Math.Max(largest, Math.Min(1, (values.Count - rank) * values[place]));
            adjusted[place] = largest;
        }

        return adjusted;
    }
}
