namespace Picket.Statistics;

/// <summary>What a paired comparison could find, from how much its differences vary (normal approximation, two-sided 5 %, power 80 %).</summary>
public static class Power
{
    /// <summary>Pairs for which a mean difference of <paramref name="gap"/> would be found four times in five.</summary>
    /// <param name="deviation">The standard deviation of the differences.</param>
    /// <param name="gap">Above 0.</param>
    public static long PairsFor(double deviation, double gap) =>
        (long)Math.Ceiling(Math.Pow((Normal.Z95 + Normal.Z80) * deviation / gap, 2));

    /// <summary>The mean difference that <paramref name="pairs"/> pairs would find four times in five.</summary>
    public static double GapFor(double deviation, int pairs) => (Normal.Z95 + Normal.Z80) * deviation / Math.Sqrt(pairs);
}
