using System.Text.Json;
using System.Text.Json.Serialization;
using Picket.Training.NGram;

namespace Picket.Training.Distillation;

/// <summary>The <c>training</c> part of an average's <c>guard.json</c>: whose it is and how good it is.</summary>
/// <param name="Picket">Version that made it.</param>
/// <param name="Data">The files that the students learned from, each once.</param>
/// <param name="Settings">What holds for every student.</param>
/// <param name="Students">The students.</param>
/// <param name="CalibratedOn">The files, and the rows of them that were taken.</param>
/// <param name="Metrics">The average, calibrated, on these rows.</param>
public sealed record AverageCard(
    string Picket,
    IReadOnlyList<JsonElement> Data,
    AverageSettings Settings,
    IReadOnlyList<AveragedStudent> Students,
    IReadOnlyList<DataSource> CalibratedOn,
    IReadOnlyList<CardMetrics> Metrics)
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    internal JsonElement ToJson() => JsonSerializer.SerializeToElement(this, s_json);
}

/// <summary>What holds for every student of an average.</summary>
/// <param name="HeldOutShare">The share of the rows that none of them learned from; <see langword="null"/> where one does not say.</param>
public sealed record AverageSettings(double? HeldOutShare);

/// <summary>A student of an average.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sha256">Of its <c>guard.json</c>, which has the hashes of its files.</param>
/// <param name="Metrics">It alone on the rows that the average was calibrated on, and calibrated on them like the average.</param>
/// <param name="Settings">What it was trained with, where its model card says so.</param>
public sealed record AveragedStudent(string Name, string Sha256, CardMetrics Metrics, JsonElement? Settings);

/// <summary>How far an average has come.</summary>
/// <param name="Scoring">What the rows are scored with: a student, or the average.</param>
/// <param name="Place">Which one it is, from 0.</param>
/// <param name="Total">How many there are, the average included.</param>
public readonly record struct AverageProgress(string Scoring, int Place, int Total);
