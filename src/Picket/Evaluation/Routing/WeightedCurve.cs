namespace Picket.Evaluation;

/// <summary>The curve of one router over rows that count several times or not at all: what the bootstrap draws, without sorting again.</summary>
internal sealed class WeightedCurve
{
    private readonly int[] _groups;
    private readonly int[] _order;
    private readonly bool[] _ends;
    private readonly bool[] _unsafe;
    private readonly bool[] _small;
    private readonly bool[] _large;

    /// <summary>Sorts the rows once.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="groups">The cluster of each.</param>
    /// <param name="hardness">Of each.</param>
    public WeightedCurve(IReadOnlyList<RoutedRow> rows, int[] groups, IReadOnlyList<double> hardness)
    {
        _groups = groups;
        _order = [.. Enumerable.Range(0, rows.Count).OrderByDescending(i => hardness[i])];
        _ends = [.. _order.Select((row, i) => i == _order.Length - 1 || hardness[_order[i + 1]] != hardness[row])];
        _unsafe = [.. rows.Select(static row => row.Row.Unsafe)];
        _small = [.. rows.Select(static row => row.Row.SmallRight == row.Row.Unsafe)];
        _large = [.. rows.Select(static row => row.Row.LargeRight == row.Row.Unsafe)];
    }

    /// <summary>F1 where the rows that are <paramref name="escalated"/> have the large guard's verdict; NaN where the draw has no row.</summary>
    public double F1(int[] counts, Func<int, bool> escalated)
    {
        (int rows, int positive, int flagged, int caught) = (0, 0, 0, 0);
        for (int row = 0; row < _groups.Length; row++)
        {
            int weight = counts[_groups[row]];
            bool flag = escalated(row) ? _large[row] : _small[row];
            rows += weight;
            positive += _unsafe[row] ? weight : 0;
            flagged += flag ? weight : 0;
            caught += flag && _unsafe[row] ? weight : 0;
        }

        return rows == 0 ? double.NaN : F1(caught, flagged, positive);
    }

    /// <summary>The mean F1 over all shares: the area under the curve, rows of one hardness going in any order.</summary>
    public double MeanF1(int[] counts)
    {
        (int rows, int positive, int flagged, int caught) = (0, 0, 0, 0);
        for (int row = 0; row < _groups.Length; row++)
        {
            int weight = counts[_groups[row]];
            rows += weight;
            positive += _unsafe[row] ? weight : 0;
            flagged += _small[row] ? weight : 0;
            caught += _small[row] && _unsafe[row] ? weight : 0;
        }

        double area = 0;
        double last = F1(caught, flagged, positive);
        int since = 0;
        for (int i = 0; i < _order.Length; i++)
        {
            int row = _order[i];
            int weight = counts[_groups[row]];
            since += weight;
            int change = (_large[row] ? weight : 0) - (_small[row] ? weight : 0);
            flagged += change;
            caught += _unsafe[row] ? change : 0;
            if (_ends[i] && since > 0)
            {
                double f1 = F1(caught, flagged, positive);
                area += since * (last + f1) / 2;
                (last, since) = (f1, 0);
            }
        }

        return rows == 0 ? double.NaN : area / rows;
    }

    private static double F1(int caught, int flagged, int positive) => flagged + positive == 0 ? 0 : 2.0 * caught / (flagged + positive);
}
