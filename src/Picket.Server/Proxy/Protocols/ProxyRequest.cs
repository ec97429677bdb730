using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Picket.Server;

/// <summary>What the proxy reads of a request; everything else in <paramref name="Body"/> is the upstream's alone.</summary>
/// <param name="Body">The request as it came.</param>
/// <param name="Messages">Its messages or items, one each.</param>
internal sealed record ProxyRequest(JsonElement Body, IReadOnlyList<ChatMessage> Messages)
{
    /// <summary>A system prompt beside the messages.</summary>
    public string? Instructions { get; init; }

    /// <summary>Whether a stream is asked for.</summary>
    public bool Streams { get; init; }

    /// <summary>How many choices are asked for.</summary>
    public int Choices { get; init; } = 1;

    /// <summary>Whether a stream is to end with what it cost.</summary>
    public bool WantsUsage { get; init; }

    public string Model => Body.TryGetProperty("model", out JsonElement model) && model.ValueKind == JsonValueKind.String ? JsonText.Of(model) : "";
}
