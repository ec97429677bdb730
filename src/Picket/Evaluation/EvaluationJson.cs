using System.Text.Json;
using System.Text.Json.Serialization;

namespace Picket.Evaluation;

/// <summary>Reports as JSON: snake_case names, a figure as <c>{"value", "low", "high"}</c>, <c>null</c> where it is not defined.</summary>
public static class EvaluationJson
{
    /// <summary>Writes a report, indented; a page's payload is written without.</summary>
    public static string Serialize(EvaluationReport report, bool indented = true) =>
        JsonSerializer.Serialize(report, indented ? EvaluationJsonContext.Indented.EvaluationReport : EvaluationJsonContext.Default.EvaluationReport);

    /// <summary>Reads a report.</summary>
    /// <exception cref="PicketException">The text is not such a report.</exception>
    public static EvaluationReport Deserialize(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, EvaluationJsonContext.Default.EvaluationReport)
                ?? throw new PicketException("evaluation report: found null, expected an object");
        }
        catch (JsonException fault)
        {
            throw new PicketException($"evaluation report, line {fault.LineNumber + 1}: not a report of schema 1", fault);
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(EvaluationReport))]
internal sealed partial class EvaluationJsonContext : JsonSerializerContext
{
    public static EvaluationJsonContext Indented { get; } =
        new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true });
}
