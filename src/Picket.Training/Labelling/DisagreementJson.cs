using System.Text.Json;
using System.Text.Json.Serialization;

namespace Picket.Training.Labelling;

/// <summary>Reports as JSON: snake_case names, <c>null</c> where a figure is not defined.</summary>
public static class DisagreementJson
{
    /// <summary>Writes a report, indented; a page's payload is written without.</summary>
    public static string Serialize(DisagreementReport report, bool indented = true) =>
        JsonSerializer.Serialize(report, (indented ? DisagreementJsonContext.Indented : DisagreementJsonContext.Default).DisagreementReport);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DisagreementReport))]
internal sealed partial class DisagreementJsonContext : JsonSerializerContext
{
    public static DisagreementJsonContext Indented { get; } =
        new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true });
}
