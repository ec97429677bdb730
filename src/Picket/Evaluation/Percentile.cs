namespace Picket.Evaluation;

/// <summary>Percentiles by linear interpolation between order statistics (Hyndman and Fan's type 7, numpy's default).</summary>
internal static class Percentile
{
    /// <summary>The value below which <paramref name="share"/> of the sample lies.</summary>
    /// <param name="ascending">At least one value, sorted.</param>
    /// <param name="share">In [0, 1].</param>
    public static double Of(ReadOnlySpan<double> ascending, double share)
    {
        double place = share * (ascending.Length - 1);
        int below = (int)place;
        int above = Math.Min(below + 1, ascending.Length - 1);
        return ascending[below] + ((place - below) * (ascending[above] - ascending[below]));
    }
}
