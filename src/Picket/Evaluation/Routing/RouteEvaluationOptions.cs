namespace Picket.Evaluation;

/// <summary>How routers are compared.</summary>
public sealed record RouteEvaluationOptions
{
    /// <summary>The share of rows at which all are compared beside their own thresholds; above 0 and below 1. Default 0.25.</summary>
    public double Share { get; init; } = 0.25;

    /// <summary>Bootstrap draws behind each interval; 0 to 1,000,000, 0 makes none.</summary>
    public int Resamples { get; init; } = 1000;

    /// <summary>The bootstrap's seed.</summary>
    public long Seed { get; init; }

    /// <summary>What one input takes of the small guard, in milliseconds; <see langword="null"/> where nobody knows.</summary>
    public double? SmallMilliseconds { get; init; }

    /// <summary>What one input takes of the large guard.</summary>
    public double? LargeMilliseconds { get; init; }

    /// <summary>What 1,000 inputs cost at the small guard, in any currency; <see langword="null"/> where nobody knows.</summary>
    public double? SmallCost { get; init; }

    /// <summary>What 1,000 inputs cost at the large guard.</summary>
    public double? LargeCost { get; init; }

    /// <summary>What is out of its range; none when all is well.</summary>
    public IEnumerable<string> Faults()
    {
        if (Share is not (> 0 and < 1))
        {
            yield return $"share: found {Share}, expected a number between 0 and 1";
        }

        if (Resamples is < 0 or > 1_000_000)
        {
            yield return $"resamples: found {Resamples}, expected 0 to 1000000";
        }

        (string Name, double? Value)[] amounts =
            [("small_ms", SmallMilliseconds), ("large_ms", LargeMilliseconds), ("small_cost", SmallCost), ("large_cost", LargeCost)];
        foreach ((string name, double? value) in amounts)
        {
            if (value is not null and not (>= 0 and < double.PositiveInfinity))
            {
                yield return $"{name}: found {value}, expected 0 or more";
            }
        }
    }
}
