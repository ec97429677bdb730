namespace Picket.Statistics;

/// <summary>Agreement of two raters beyond chance (Cohen 1960).</summary>
public static class CohenKappa
{
    /// <summary>
    /// (agreement - chance) / (1 - chance): 1 at most, 0 where they agree as often as two with these habits do by chance.
    /// </summary>
    /// <param name="both">Items of which both say yes.</param>
    /// <param name="neither">Items of which both say no.</param>
    /// <param name="onlyFirst">Items of which only the first says yes.</param>
    /// <param name="onlySecond">Items of which only the second does.</param>
    /// <returns><see langword="null"/> where either says the same of all items: it is 0 or not defined there, whatever the agreement.</returns>
    public static double? Of(int both, int neither, int onlyFirst, int onlySecond)
    {
        double items = both + neither + onlyFirst + onlySecond;
        double first = (both + onlyFirst) / items;
        double second = (both + onlySecond) / items;
        if (items == 0 || first is 0 or 1 || second is 0 or 1)
        {
            return null;
        }

        double agreement = (both + neither) / items;
        double chance = (first * second) + ((1 - first) * (1 - second));
        return (agreement - chance) / (1 - chance);
    }
}
