namespace Picket;

/// <summary>What a calibration is to promise.</summary>
public sealed record GuaranteeOptions
{
    /// <summary>The most that may be exceeded: a share of all inputs for a budget, of the catchable unsafe ones for a risk; between 0 and 1.</summary>
    public required double Limit { get; init; }

    /// <summary>The probability, over the draw of the calibration rows, with which the promise may fail; between 0 and 1. Default 0.05.</summary>
    public double Delta { get; init; } = 0.05;

    /// <summary>
    /// <see langword="null"/> (the default) bounds the share in the population the rows are drawn from, by a binomial tail. A number bounds the
    /// share that will be seen in that many further rows, by a hypergeometric tail, which asks for no more than exchangeability and is stricter
    /// the fewer they are; 1 to 100,000,000. For a risk it counts catchable unsafe rows.
    /// </summary>
    public int? Horizon { get; init; }

    internal void Validate()
    {
        if (Limit is not (> 0 and < 1))
        {
            throw new PicketException($"limit: found {Limit}, expected a number between 0 and 1");
        }

        if (Delta is not (> 0 and < 1))
        {
            throw new PicketException($"delta: found {Delta}, expected a number between 0 and 1");
        }

        if (Horizon is < 1 or > 100_000_000)
        {
            throw new PicketException($"horizon: found {Horizon}, expected 1 to 100000000");
        }
    }

    /// <summary>How many of <paramref name="rows"/> may exceed; -1 when even none would promise too much.</summary>
    internal int Most(int rows) => Horizon is { } horizon
        ? BinomialBounds.MostBelow(rows, horizon, Limit, Delta)
        : BinomialBounds.MostBelow(rows, Limit, Delta);

    /// <summary>The fewest rows of which none may exceed and something is promised; <see langword="null"/> where no number is enough.</summary>
    internal int? FewestRows()
    {
        (int low, int high) = (0, 1);
        while (Most(high) < 0)
        {
            (low, high) = (high, 2 * high);
            if (high > 100_000_000)
            {
                return null;
            }
        }

        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            (low, high) = Most(middle) < 0 ? (middle, high) : (low, middle);
        }

        return high;
    }
}
