namespace Picket.Evaluation;

/// <summary>
/// Rows grouped by distinct score, highest first. Every metric is a function of the safe and unsafe count of each group, so that a
/// bootstrap resample is a vector of counts over the same sorted groups and needs no sorting of its own.
/// </summary>
internal sealed class ScoreTable
{
    private ScoreTable(double[] scores, int[] counts, int[] slots, int unsafeRows)
    {
        Scores = scores;
        Counts = counts;
        Slots = slots;
        UnsafeRows = unsafeRows;
    }

    /// <summary>Distinct probabilities, descending.</summary>
    public double[] Scores { get; }

    /// <summary>Rows of group g: safe ones at 2g, unsafe ones at 2g + 1.</summary>
    public int[] Counts { get; }

    /// <summary>For each row, in the caller's order, its place in <see cref="Counts"/>.</summary>
    public int[] Slots { get; }

    public int Rows => Slots.Length;

    public int UnsafeRows { get; }

    /// <summary>Groups <paramref name="rows"/>.</summary>
    /// <exception cref="PicketException">A probability is not in [0, 1].</exception>
    public static ScoreTable Create(IReadOnlyList<ScoredLabel> rows)
    {
        var keys = new double[rows.Count];
        var order = new int[rows.Count];
        int unsafeRows = 0;
        for (int i = 0; i < keys.Length; i++)
        {
            double probability = rows[i].UnsafeProbability;
            if (!(probability is >= 0 and <= 1))
            {
                throw new PicketException($"row {i + 1}, unsafe probability: found {probability}, expected 0 to 1");
            }

            keys[i] = -probability;
            order[i] = i;
            unsafeRows += rows[i].Unsafe ? 1 : 0;
        }

        Array.Sort(keys, order);
        var scores = new List<double>();
        var slots = new int[keys.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            if (i == 0 || keys[i] != keys[i - 1])
            {
                scores.Add(0 - keys[i]);
            }

            slots[order[i]] = (2 * (scores.Count - 1)) + (rows[order[i]].Unsafe ? 1 : 0);
        }

        var counts = new int[2 * scores.Count];
        foreach (int slot in slots)
        {
            counts[slot]++;
        }

        return new ScoreTable([.. scores], counts, slots, unsafeRows);
    }

    /// <summary>Groups whose score is at least <paramref name="threshold"/>: they stand first.</summary>
    public int GroupsAtOrAbove(double threshold)
    {
        int groups = 0;
        while (groups < Scores.Length && Scores[groups] >= threshold)
        {
            groups++;
        }

        return groups;
    }
}
