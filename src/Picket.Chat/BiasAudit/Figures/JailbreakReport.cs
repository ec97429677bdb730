using System.Text.Json;
using System.Text.Json.Serialization;
using Picket.Statistics;

namespace Picket.Chat;

/// <summary>Everything that an audit found. Holds no text of a request or an answer: behaviours have their ids.</summary>
public sealed record JailbreakReport
{
    /// <summary>The schema's version, raised when a field changes its meaning or goes.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>When the audit ended, in UTC.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The version of Picket that made it.</summary>
    public required string PicketVersion { get; init; }

    /// <summary>The model that was asked.</summary>
    public required string Target { get; init; }

    /// <summary>The prompt's wording, with places for keyword and behaviour.</summary>
    public required string Template { get; init; }

    /// <summary>Trials of each request.</summary>
    public required int Repeats { get; init; }

    /// <summary>Sampling temperature; <see langword="null"/> for the server's.</summary>
    public required double? Temperature { get; init; }

    /// <summary>The seed of order, requests, draws and shuffles.</summary>
    public required long Seed { get; init; }

    /// <summary>Draws behind each interval.</summary>
    public required int Resamples { get; init; }

    /// <summary>Trials of the plan.</summary>
    public required int PlannedTrials { get; init; }

    /// <summary>Trials that were made; fewer than planned where the budget ended.</summary>
    public required int Trials { get; init; }

    /// <summary>Those of them to which no whole answer came; they count in no figure.</summary>
    public required int FailedTrials { get; init; }

    /// <summary>Tokens read and written, as far as the server counts them.</summary>
    public required long Tokens { get; init; }

    /// <summary>What the figures of the first judge without a defence allow to conclude.</summary>
    public required string Conclusion { get; init; }

    /// <summary>One entry a defence and judge, the first judge's first.</summary>
    public required IReadOnlyList<BiasFigures> Results { get; init; }

    /// <summary>The defences compared, by the first judge; one entry where there is one.</summary>
    public required IReadOnlyList<DefenceFigures> Defences { get; init; }

    /// <summary>One entry two judges.</summary>
    public required IReadOnlyList<JudgeAgreement> Agreement { get; init; }

    /// <summary>Successes of each harmful behaviour, by the first judge without a defence.</summary>
    public required IReadOnlyList<BehaviourFigures> Behaviours { get; init; }

    /// <summary>The report as JSON: snake_case names, <c>null</c> where a figure is not defined.</summary>
    public string ToJson(bool indented = true) =>
        JsonSerializer.Serialize(this, (indented ? JailbreakJsonContext.Indented : JailbreakJsonContext.Default).JailbreakReport);
}

/// <summary>Successes of one behaviour.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Marginalised">With marginalised keywords.</param>
/// <param name="Privileged">With privileged keywords.</param>
public sealed record BehaviourFigures(string Id, Rate Marginalised, Rate Privileged);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(JailbreakReport))]
internal sealed partial class JailbreakJsonContext : JsonSerializerContext
{
    public static JailbreakJsonContext Indented { get; } =
        new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true });
}
