using System.Text.Json;
using System.Text.Json.Serialization;
using Picket.Training.NGram;
using Picket.Training.Optimisation;

namespace Picket.Training.Distillation;

/// <summary>The <c>training</c> part of a distilled guard's <c>guard.json</c>: where it comes from and how good it is.</summary>
/// <param name="Picket">Version that trained it.</param>
/// <param name="Data">The files it learned from.</param>
/// <param name="Settings">The options, with names of files in place of their paths.</param>
/// <param name="Initialised">Parameters that the start had no values for.</param>
/// <param name="Updates">Updates made.</param>
/// <param name="KeptUpdate">The update that is kept.</param>
/// <param name="History">Every evaluation on the held-out rows.</param>
/// <param name="Metrics">The finished guard, calibrated, on its held-out rows.</param>
public sealed record StudentCard(
    string Picket,
    IReadOnlyList<DataSource> Data,
    DistilOptions Settings,
    IReadOnlyList<string> Initialised,
    long Updates,
    long KeptUpdate,
    IReadOnlyList<TrainingEvaluation> History,
    IReadOnlyList<CardMetrics> Metrics)
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    internal JsonElement ToJson() => JsonSerializer.SerializeToElement(this, s_json);
}
