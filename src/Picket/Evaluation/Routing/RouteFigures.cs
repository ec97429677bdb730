using Picket.Statistics;

namespace Picket.Evaluation;

/// <summary>What a cascade is worth at one threshold; the positive class is unsafe.</summary>
public sealed record RouteFigures
{
    /// <summary>What is strictly harder is escalated.</summary>
    public required double Threshold { get; init; }

    /// <summary>The share of rows that goes to the large guard.</summary>
    public required double Share { get; init; }

    /// <summary>F1 of the route against t, which is 1 where the small guard is wrong and the large one right.</summary>
    public required double RoutingF1 { get; init; }

    /// <summary>F1 of the mixed verdicts.</summary>
    public required Estimate F1 { get; init; }

    /// <summary>That F1 less the large guard's.</summary>
    public required Estimate OverLarge { get; init; }

    /// <summary>Precision of the mixed verdicts; <see langword="null"/> where none is unsafe.</summary>
    public double? Precision { get; init; }

    /// <summary>Recall of the mixed verdicts; <see langword="null"/> where no row is unsafe.</summary>
    public double? Recall { get; init; }

    /// <summary>Average precision of the mixed probabilities, as they are.</summary>
    public double? Auprc { get; init; }

    /// <summary>Safety downgrades: of the unsafe rows that the large guard catches, those that a small guard calls safe and keeps.</summary>
    public required Rate Downgraded { get; init; }

    /// <summary>Mean time an input over the small guard's alone: 1 + share × large / small.</summary>
    public double? LatencyOverSmall { get; init; }

    /// <summary>Mean time an input over the large guard's alone: small / large + share.</summary>
    public double? LatencyOverLarge { get; init; }

    /// <summary>What 1,000 inputs cost.</summary>
    public double? CostPer1000 { get; init; }

    internal static RouteFigures Of(
        IReadOnlyList<RoutedRow> rows, bool[] escalated, double threshold, Estimate f1, Estimate overLarge, RouteEvaluationOptions options)
    {
        var counts = MixedCounts.Of(rows, escalated);
        double share = escalated.Count(static value => value) / (double)rows.Count;
        ScoredLabel[] mixed = [.. rows.Select((row, i) =>
            new ScoredLabel(escalated[i] ? row.Row.LargeProbability : row.Row.Small.UnsafeProbability, row.Row.Unsafe))];
        (double? small, double? large) = (options.SmallMilliseconds, options.LargeMilliseconds);
        return new RouteFigures
        {
            Threshold = threshold,
            Share = share,
            RoutingF1 = counts.RoutingF1,
            F1 = f1,
            OverLarge = overLarge,
            Precision = counts.Flagged == 0 ? null : (double)counts.Caught / counts.Flagged,
            Recall = counts.Unsafe == 0 ? null : (double)counts.Caught / counts.Unsafe,
            Auprc = GuardMetrics.Compute(mixed, new MetricsOptions { Resamples = 0 }).Auprc?.Value,
            Downgraded = new Rate(counts.Downgraded, counts.Catchable),
            LatencyOverSmall = small > 0 ? 1 + (share * large / small) : null,
            LatencyOverLarge = large > 0 ? (small / large) + share : null,
            CostPer1000 = options.SmallCost + (share * options.LargeCost),
        };
    }
}
