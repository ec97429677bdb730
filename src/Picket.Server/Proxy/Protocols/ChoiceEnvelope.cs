using System.Text.Json;

namespace Picket.Server;

/// <summary>What stands around the choices of an answer.</summary>
internal static class ChoiceEnvelope
{
    /// <summary>Which choice it says it is.</summary>
    public static int IndexOf(JsonElement choice, int otherwise) =>
        choice.ValueKind == JsonValueKind.Object && choice.TryGetProperty("index", out JsonElement index)
        && index.ValueKind == JsonValueKind.Number && index.TryGetInt32(out int own)
            ? own
            : otherwise;

    /// <summary>Copies an answer, its choices by <paramref name="write"/>.</summary>
    public static void WriteChoices(Utf8JsonWriter json, JsonElement answer, Action<JsonElement, int> write)
    {
        json.WriteStartObject();
        JsonCopy.Fields(json, answer, (name, value) =>
        {
            if (name != "choices")
            {
                return false;
            }

            json.WriteStartArray();
            int next = 0;
            foreach (JsonElement choice in value.EnumerateArray())
            {
                write(choice, IndexOf(choice, next++));
            }

            json.WriteEndArray();
            return true;
        });
        json.WriteEndObject();
    }

    /// <summary>An event with one choice.</summary>
    /// <param name="head">Leaves the object and its choices open.</param>
    /// <param name="choice">Writes the choice.</param>
    public static SseMessage Chunk(Action<Utf8JsonWriter> head, Action<Utf8JsonWriter> choice) => new("", JsonBytes.Of(json =>
    {
        head(json);
        choice(json);
        json.WriteEndArray();
        json.WriteEndObject();
    }));

    /// <summary>The head of an answer of our own, its choices left open.</summary>
    public static void WriteHead(Utf8JsonWriter json, string name, ProxyRequest request, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, $"picket-{Guid.NewGuid():N}");
        json.WriteString("object"u8, name);
        json.WriteNumber("created"u8, now.ToUnixTimeSeconds());
        json.WriteString("model"u8, request.Model);
        json.WriteStartArray("choices"u8);
    }

    /// <summary>What an answer cost that no model gave.</summary>
    public static void WriteNoUsage(Utf8JsonWriter json)
    {
        json.WriteStartObject("usage"u8);
        json.WriteNumber("prompt_tokens"u8, 0);
        json.WriteNumber("completion_tokens"u8, 0);
        json.WriteNumber("total_tokens"u8, 0);
        json.WriteEndObject();
    }
}
