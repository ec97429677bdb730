namespace Picket.Evaluation;

/// <summary>Counts of verdicts of which some are the small guard's and some the large one's.</summary>
internal readonly record struct MixedCounts(
    int Rows, int Unsafe, int Flagged, int Caught, int Hard, int Escalated, int HardEscalated, int Catchable, int Downgraded)
{
    public double F1 => Flagged + Unsafe == 0 ? 0 : 2.0 * Caught / (Flagged + Unsafe);

    public double RoutingF1 => Hard + Escalated == 0 ? 0 : 2.0 * HardEscalated / (Hard + Escalated);

    public static MixedCounts Of(IReadOnlyList<RoutedRow> rows, bool[] escalated, Func<RoutedRow, bool>? where = null)
    {
        var counts = default(MixedCounts);
        for (int i = 0; i < rows.Count; i++)
        {
            if (where?.Invoke(rows[i]) == false)
            {
                continue;
            }

            RoutingRow row = rows[i].Row;
            bool right = escalated[i] ? row.LargeRight : row.SmallRight;
            counts = new MixedCounts(
                counts.Rows + 1,
                counts.Unsafe + One(row.Unsafe),
                counts.Flagged + One(right == row.Unsafe),
                counts.Caught + One(right && row.Unsafe),
                counts.Hard + One(row.Hard),
                counts.Escalated + One(escalated[i]),
                counts.HardEscalated + One(row.Hard && escalated[i]),
                counts.Catchable + One(row.Catchable),
                counts.Downgraded + One(row.Catchable && !row.SmallRight && !escalated[i]));
        }

        return counts;
    }

    private static int One(bool value) => value ? 1 : 0;
}
