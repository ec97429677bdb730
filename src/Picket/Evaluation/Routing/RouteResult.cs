using Picket.Statistics;

namespace Picket.Evaluation;

/// <summary>One router's figures.</summary>
public sealed record RouteResult
{
    /// <summary>Its name in the report.</summary>
    public required string Router { get; init; }

    /// <summary>At its own threshold.</summary>
    public required RouteFigures Own { get; init; }

    /// <summary>
    /// At the threshold that escalates at most the report's share of these very rows, which flatters all routers alike; <see langword="null"/> for
    /// one that orders nothing.
    /// </summary>
    public RouteFigures? AtShare { get; init; }

    /// <summary>Mean of F1 over all shares from 0 to 1: the area under the curve; <see langword="null"/> for one that orders nothing.</summary>
    public Estimate? MeanF1 { get; init; }

    /// <summary><see cref="MeanF1"/> less that of the random router, over the same draws.</summary>
    public Estimate? OverRandom { get; init; }

    /// <summary><see cref="MeanF1"/> less that of entropy, over the same draws.</summary>
    public Estimate? OverEntropy { get; init; }

    /// <summary>
    /// The area on the scale where the small guard is 0 and the large one 1 (<see cref="RouteCurve.Area"/>); <see langword="null"/> where the large
    /// guard's F1 is no better.
    /// </summary>
    public Estimate? Area { get; init; }

    /// <summary>CPT(95 %): the least share from which 95 % of the way from the small guard's F1 to the large one's is made.</summary>
    public double? ShareFor95 { get; init; }

    /// <summary>Points of the curve, at most <see cref="RouteEvaluator.CurvePoints"/>.</summary>
    public IReadOnlyList<CurvePoint> Curve { get; init; } = [];

    /// <summary>Figures by data set, source and category, at its own threshold.</summary>
    public required IReadOnlyList<RoutePart> Parts { get; init; }
}

/// <summary>A point of a trade-off curve.</summary>
/// <param name="Share">The share of rows that goes to the large guard.</param>
/// <param name="F1">Of the mixed verdicts.</param>
public readonly record struct CurvePoint(double Share, double F1);

/// <summary>What a router makes of some of the rows.</summary>
/// <param name="By"><c>data</c>, <c>source</c> or <c>category</c>.</param>
/// <param name="Name">The data set's, source's or category's.</param>
/// <param name="Rows">Rows.</param>
/// <param name="UnsafeRows">Unsafe ones.</param>
/// <param name="Share">The share that goes to the large guard.</param>
/// <param name="RoutingF1">F1 of the route against t.</param>
/// <param name="SmallF1">The small guard's F1.</param>
/// <param name="F1">Of the mixed verdicts.</param>
/// <param name="LargeF1">The large guard's F1.</param>
/// <param name="Downgraded">As <see cref="RouteFigures.Downgraded"/>.</param>
public sealed record RoutePart(
    string By, string Name, int Rows, int UnsafeRows, double Share, double RoutingF1, double SmallF1, double F1, double LargeF1, Rate Downgraded);
