using System.Text.Json.Serialization;

namespace Picket.Training.RouterTraining;

/// <summary>One row as it stands in a file; the features stand in another, and no text stands anywhere.</summary>
/// <param name="Id">The example's.</param>
/// <param name="Small">The small guard's probability.</param>
/// <param name="Large">The large guard's.</param>
/// <param name="Unsafe">The label, 0 or 1.</param>
/// <param name="T">1 exactly when the small guard is wrong and the large one right; for other readers, Picket's computes it.</param>
/// <param name="Source">The example's.</param>
/// <param name="Category">The example's.</param>
/// <param name="Group">Equal for rows that share a prompt or were made of rows that do.</param>
internal sealed record RoutingLine(
    string Id, double Small, double Large, int Unsafe, int T, string? Source = null, string? Category = null, string? Group = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RoutingHeader))]
[JsonSerializable(typeof(RoutingLine))]
internal sealed partial class RoutingJson : JsonSerializerContext;
