using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Picket.Server;

/// <summary>The fields that all requests of the proxy share.</summary>
internal static class RequestFields
{
    // More is no request for answers: refusals are written for each.
    private const int MostChoices = 128;

    /// <summary>A request with what its fields say.</summary>
    /// <exception cref="RequestFault">A field is not what it should be.</exception>
    public static ProxyRequest With(JsonElement body, IReadOnlyList<ChatMessage> messages) => new(body, messages)
    {
        Streams = Flag(body, "stream"),
        Choices = Choices(body),
        WantsUsage = JsonReading.Has(body, "stream_options", out JsonElement options) && options.ValueKind == JsonValueKind.Object
            && Flag(options, "include_usage"),
    };

    private static bool Flag(JsonElement parent, string name) => JsonReading.Has(parent, name, out JsonElement value)
        && (value.ValueKind == JsonValueKind.True || (value.ValueKind == JsonValueKind.False ? false : throw RequestFault.Of(name, "true or false")));

    private static int Choices(JsonElement body)
    {
        if (!JsonReading.Has(body, "n", out JsonElement value))
        {
            return 1;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int choices) && choices is > 0 and <= MostChoices
            ? choices
            : throw RequestFault.Of("n", $"a whole number from 1 to {MostChoices}");
    }
}
