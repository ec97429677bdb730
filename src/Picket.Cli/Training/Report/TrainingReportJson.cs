using System.Text.Json;
using System.Text.Json.Serialization;

namespace Picket.Cli;

/// <summary>Reports of trainings as JSON, snake_case, and their page's payload.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TrainingReport))]
[JsonSerializable(typeof(TrainingPageData))]
internal sealed partial class TrainingReportJson : JsonSerializerContext
{
    public static string Serialize(TrainingReport report) => JsonSerializer.Serialize(report, Default.TrainingReport) + "\n";

    /// <summary>The report in a file; <see langword="null"/> where there is none that can be used.</summary>
    public static TrainingReport? TryRead(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), Default.TrainingReport) is { Schema: 1 } report ? report : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
