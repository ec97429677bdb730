namespace Picket.Statistics;

/// <summary>Agreement of two raters beyond chance (Cohen 1960).</summary>
public static class CohenKappa
{
    /// <summary>
    /// (agreement - chance) / (1 - chance): 1 at most, 0 where they agree as often as two with these habits do by chance.
    /// </summary>
    /// <param name="ratings">What either says of each item.</param>
    /// <returns><see langword="null"/> where either says the same of all items: it is 0 or not defined there, whatever the agreement.</returns>
    public static double? Of(IReadOnlyCollection<(bool First, bool Second)> ratings)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        double items = ratings.Count;
        double first = ratings.Count(static rating => rating.First) / items;
        double second = ratings.Count(static rating => rating.Second) / items;
        if (ratings.Count == 0 || first is 0 or 1 || second is 0 or 1)
        {
            return null;
        }

        double agreement = ratings.Count(static rating => rating.First == rating.Second) / items;
        double chance = (first * second) + ((1 - first) * (1 - second));
        return (agreement - chance) / (1 - chance);
    }
}
