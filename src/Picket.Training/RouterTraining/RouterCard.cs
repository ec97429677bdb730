using System.Text.Json;
using System.Text.Json.Serialization;
using Picket.Models.Routing;

namespace Picket.Training.RouterTraining;

/// <summary>The <c>training</c> part of a router's file.</summary>
/// <param name="LearnedRows">Rows it learned from.</param>
/// <param name="HardRows">Those of them whose t is 1.</param>
/// <param name="HeldOutRows">Rows held out.</param>
/// <param name="HeldOutF1">Routing F1 on those, at threshold 0.5.</param>
/// <param name="Settings">The options.</param>
/// <param name="Data">
/// What the files of rows call themselves (<see cref="RoutingHeader.Rows"/>); <see langword="null"/> where rows came from elsewhere.
/// </param>
public sealed record RouterCard(
    int LearnedRows, int HardRows, int HeldOutRows, double HeldOutF1, RouterTrainingOptions Settings, IReadOnlyList<string>? Data = null)
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The card of a router; <see langword="null"/> where it has none that can be read.</summary>
    /// <param name="manifest">The router's.</param>
    public static RouterCard? Of(RouterManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        try
        {
            return manifest.Training?.Deserialize<RouterCard>(s_json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Says of rows that a router has learned from or was calibrated on, which is no measure of it; nothing where it has not.</summary>
    /// <param name="manifest">The router's.</param>
    /// <param name="rows">The rows.</param>
    public static string? Seen(RouterManifest manifest, RoutingHeader rows)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(rows);
        return Of(manifest)?.Data?.Contains(rows.Rows) == true ? "the router learned from these rows"
            : manifest.Calibration?.Data?.Contains(rows.Rows) == true ? "the router was calibrated on these rows"
            : null;
    }

    internal JsonElement ToJson() => JsonSerializer.SerializeToElement(this, s_json);
}
