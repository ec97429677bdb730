using System.Text.Json;
using System.Text.Json.Serialization;

namespace Picket.Fairness;

/// <summary>The results of any number of guards on any number of sets: what a report file holds.</summary>
public sealed record FairnessReport
{
    /// <summary>The schema's version, raised when a field changes its meaning or goes.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>When the audit ended, in UTC.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The version of Picket that made it.</summary>
    public required string PicketVersion { get; init; }

    /// <summary>Draws behind each interval, and shuffles behind each p-value.</summary>
    public required int Resamples { get; init; }

    /// <summary>The seed of both.</summary>
    public required long Seed { get; init; }

    /// <summary>One result a guard and set, guard by guard.</summary>
    public required IReadOnlyList<FairnessResult> Results { get; init; }

    /// <summary>Gathers <paramref name="results"/>.</summary>
    public static FairnessReport Create(IReadOnlyList<FairnessResult> results, FairnessOptions options, DateTimeOffset created)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(options);
        return new FairnessReport
        {
            Created = created.ToUniversalTime(),
            PicketVersion = typeof(FairnessReport).Assembly.GetName().Version?.ToString(3) ?? "unknown",
            Resamples = options.Resamples,
            Seed = options.Seed,
            Results = results,
        };
    }

    /// <summary>The report as JSON: snake_case names, <c>null</c> where a figure is not defined.</summary>
    public string ToJson(bool indented = true) =>
        JsonSerializer.Serialize(this, (indented ? FairnessJsonContext.Indented : FairnessJsonContext.Default).FairnessReport);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(FairnessReport))]
internal sealed partial class FairnessJsonContext : JsonSerializerContext
{
    public static FairnessJsonContext Indented { get; } =
        new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true });
}
