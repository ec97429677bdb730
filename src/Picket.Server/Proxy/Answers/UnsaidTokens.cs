using System.Text.Json;

namespace Picket.Server;

/// <summary>
/// The tokens that a model might have said in the place of those it did (<c>top_logprobs</c>). They are no text that a guard could judge, twenty
/// words for each one that was said, and yet words that a client sees: an answer that is guarded leaves without them.
/// </summary>
internal static class UnsaidTokens
{
    private static readonly byte[] Field = [.. "top_logprobs"u8];

    /// <summary>Whether there are any.</summary>
    public static bool Any(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().Any(Any),
        JsonValueKind.Object => value.EnumerateObject().Any(static field => field.NameEquals(Field) ? IsTold(field.Value) : Any(field.Value)),
        _ => false,
    };

    /// <summary>The same JSON with an empty list in their place.</summary>
    public static byte[] Without(JsonElement value) => JsonBytes.Of(json => Write(json, value));

    // In an answer that repeats its request it is a number.
    private static bool IsTold(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object or JsonValueKind.String => true,
        _ => false,
    };

    // Only single values byte by byte: between them may be line ends, and an event of a stream is one line.
    private static void Write(Utf8JsonWriter json, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (JsonProperty field in value.EnumerateObject())
                {
                    json.WritePropertyName(field.Name);
                    WriteField(json, field);
                }

                json.WriteEndObject();
                break;
            default:
                JsonCopy.Value(json, value);
                break;
        }
    }

    private static void WriteField(Utf8JsonWriter json, JsonProperty field)
    {
        if (field.NameEquals(Field) && IsTold(field.Value))
        {
            json.WriteStartArray();
            json.WriteEndArray();
        }
        else
        {
            Write(json, field.Value);
        }
    }
}
