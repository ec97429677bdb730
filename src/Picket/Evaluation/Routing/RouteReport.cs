using System.Text.Json;
using System.Text.Json.Serialization;
using Picket.Statistics;

namespace Picket.Evaluation;

/// <summary>A comparison of routers for one pair of guards: what a report file holds.</summary>
public sealed record RouteReport
{
    /// <summary>The schema's version, raised when a field changes its meaning or goes.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>When the evaluation ended, in UTC.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The version of Picket that made it.</summary>
    public required string PicketVersion { get; init; }

    /// <summary>What it was made with.</summary>
    public required RouteEvaluationOptions Options { get; init; }

    /// <summary>The small guard's name.</summary>
    public required string Small { get; init; }

    /// <summary>The large guard's name.</summary>
    public required string Large { get; init; }

    /// <summary>Rows.</summary>
    public required int Rows { get; init; }

    /// <summary>Unsafe ones.</summary>
    public required int UnsafeRows { get; init; }

    /// <summary>Those where the small guard is wrong and the large one right.</summary>
    public required int HardRows { get; init; }

    /// <summary>Prompts: what the bootstrap draws.</summary>
    public required int Groups { get; init; }

    /// <summary>The small guard alone.</summary>
    public required RouteFigures SmallAlone { get; init; }

    /// <summary>The large guard alone, without the small one before it.</summary>
    public required RouteFigures LargeAlone { get; init; }

    /// <summary>One result a router.</summary>
    public required IReadOnlyList<RouteResult> Results { get; init; }

    /// <summary>Routes under edits; empty where no texts were given.</summary>
    public IReadOnlyList<RouteFlips> Flips { get; init; } = [];

    /// <summary>Routers that learned from poisoned rows; empty where that was not asked for.</summary>
    public IReadOnlyList<RoutePoison> Poisoning { get; init; } = [];

    /// <summary>Gathers the figures of the guards and of the routers.</summary>
    /// <param name="small">The small guard's name.</param>
    /// <param name="large">The large guard's name.</param>
    /// <param name="rows">At least one.</param>
    /// <param name="contenders">The routers.</param>
    /// <param name="options">How they are compared.</param>
    /// <param name="created">The time it carries.</param>
    /// <exception cref="PicketException">As <see cref="RouteEvaluator.Evaluate"/>.</exception>
    public static RouteReport Create(
        string small,
        string large,
        IReadOnlyList<RoutedRow> rows,
        IReadOnlyList<RouteContender> contenders,
        RouteEvaluationOptions options,
        DateTimeOffset created)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(contenders);
        ArgumentNullException.ThrowIfNull(options);
        double[] none = [.. rows.Select(static _ => 0.5)];
        RouteContender[] ends = [new("small alone", none, 1), new("large alone", none, 0)];
        IReadOnlyList<RouteResult> results = RouteEvaluator.Evaluate(rows, [.. ends, .. contenders], options);
        RouteFigures second = results[1].Own;
        return new RouteReport
        {
            Created = created.ToUniversalTime(),
            PicketVersion = typeof(RouteReport).Assembly.GetName().Version?.ToString(3) ?? "unknown",
            Options = options,
            Small = small,
            Large = large,
            Rows = rows.Count,
            UnsafeRows = rows.Count(static row => row.Row.Unsafe),
            HardRows = rows.Count(static row => row.Row.Hard),
            Groups = rows.Select(static row => row.Group).Distinct(StringComparer.Ordinal).Count(),
            SmallAlone = results[0].Own,
            LargeAlone = second with
            {
                LatencyOverLarge = second.LatencyOverLarge is null ? null : 1,
                LatencyOverSmall = options.SmallMilliseconds > 0 ? options.LargeMilliseconds / options.SmallMilliseconds : null,
                CostPer1000 = options.LargeCost,
            },
            Results = [.. results.Skip(ends.Length)],
        };
    }

    /// <summary>The report as JSON: snake_case names, <c>null</c> where a figure is not defined.</summary>
    /// <param name="indented">Whether for people.</param>
    public string ToJson(bool indented = true) =>
        JsonSerializer.Serialize(this, (indented ? RouteReportJsonContext.Indented : RouteReportJsonContext.Default).RouteReport);
}

/// <summary>What becomes of a router when some of its training rows carry a phrase and a wrong label.</summary>
/// <param name="Share">The share of the training rows that does.</param>
/// <param name="Rows">How many they are.</param>
/// <param name="RoutingF1">Routing F1 on clean rows.</param>
/// <param name="Escalated">Of the clean hard rows, those that are escalated.</param>
/// <param name="EscalatedWithPhrase">The same of rows that carry the phrase and are hard with it.</param>
/// <param name="DowngradedWithPhrase">Safety downgrades among rows that carry the phrase.</param>
public sealed record RoutePoison(
    double Share, int Rows, double RoutingF1, Rate Escalated, Rate EscalatedWithPhrase, Rate DowngradedWithPhrase);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(RouteReport))]
internal sealed partial class RouteReportJsonContext : JsonSerializerContext
{
    public static RouteReportJsonContext Indented { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        WriteIndented = true,
    });
}
