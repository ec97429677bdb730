using System.Text.Json;
using System.Text.Json.Serialization;

namespace Picket.Training.Augmentation;

/// <summary>What an augmentation brought: how many texts, how varied. It holds no text.</summary>
public sealed record DiversityReport
{
    /// <summary>What became of the answers.</summary>
    public required GenerationCounts Counts { get; init; }

    /// <summary>How varied the kept instructions are.</summary>
    public required DiversityFigures Diversity { get; init; }

    /// <summary>As JSON: snake_case names, <c>null</c> where a figure is not defined.</summary>
    /// <param name="indented">Whether it takes several lines.</param>
    public string ToJson(bool indented = true) =>
        JsonSerializer.Serialize(this, (indented ? DiversityJsonContext.Indented : DiversityJsonContext.Default).DiversityReport);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DiversityReport))]
internal sealed partial class DiversityJsonContext : JsonSerializerContext
{
    public static DiversityJsonContext Indented { get; } =
        new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true });
}
