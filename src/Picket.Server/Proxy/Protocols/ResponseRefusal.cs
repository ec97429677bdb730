using System.Text.Json;

namespace Picket.Server;

/// <summary>How <c>/v1/responses</c> says that an answer was filtered: incomplete, with the reason, and in its output at most a refusal.</summary>
internal static class ResponseRefusal
{
    /// <summary>The field that says what an answer cost.</summary>
    public const string Usage = "usage";

    private static readonly string[] Ours = ["status", "incomplete_details", "output", "output_text"];

    /// <summary>An answer, whole or the beginning of one, with its output replaced.</summary>
    /// <param name="json">Where it goes.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="refusal">The output; empty for none.</param>
    /// <param name="usage">What it cost, where the answer itself does not know that yet.</param>
    public static void Write(Utf8JsonWriter json, JsonElement? answer, string refusal, JsonElement? usage = null)
    {
        json.WriteStartObject();
        foreach (JsonProperty field in answer is { } known ? known.EnumerateObject() : default)
        {
            if (!Ours.Contains(field.Name, StringComparer.Ordinal) && !(usage is not null && field.NameEquals(Usage)))
            {
                json.WritePropertyName(field.Name);
                JsonCopy.Value(json, field.Value);
            }
        }

        json.WriteString("status"u8, "incomplete"u8);
        json.WriteStartObject("incomplete_details"u8);
        json.WriteString("reason"u8, ProxyProtocol.ContentFilter);
        json.WriteEndObject();
        json.WriteStartArray("output"u8);
        if (refusal.Length > 0)
        {
            WriteItem(json, "refusal", refusal);
        }

        json.WriteEndArray();
        if (usage is { } cost)
        {
            json.WritePropertyName(Usage);
            JsonCopy.Value(json, cost);
        }

        json.WriteEndObject();
    }

    /// <summary>An answer of our own.</summary>
    public static void WriteNew(Utf8JsonWriter json, string model, string refusal, DateTimeOffset now)
    {
        using var head = JsonDocument.Parse(JsonBytes.Of(own =>
        {
            own.WriteStartObject();
            own.WriteString("id"u8, $"resp_picket{Guid.NewGuid():N}");
            own.WriteString("object"u8, "response"u8);
            own.WriteNumber("created_at"u8, now.ToUnixTimeSeconds());
            own.WriteString("model"u8, model);
            own.WriteNull("error"u8);
            own.WriteBoolean("parallel_tool_calls"u8, true);
            own.WriteString("tool_choice"u8, "auto"u8);
            own.WriteStartArray("tools"u8);
            own.WriteEndArray();
            own.WriteEndObject();
        }));
        Write(json, head.RootElement, refusal);
    }

    /// <summary>The last event of a stream.</summary>
    public static SseMessage Incomplete(JsonElement? answer, long sequence, string refusal, JsonElement? usage = null) => new("response.incomplete", JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "response.incomplete"u8);
        json.WriteNumber("sequence_number"u8, sequence);
        json.WritePropertyName("response"u8);
        Write(json, answer, refusal, usage);
        json.WriteEndObject();
    }));

    /// <summary>A complete answer with one text.</summary>
    public static void WriteMessage(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("status"u8, "completed"u8);
        json.WriteStartArray("output"u8);
        WriteItem(json, "text", text);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteItem(Utf8JsonWriter json, string field, string text)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, "msg_picket"u8);
        json.WriteString("type"u8, "message"u8);
        json.WriteString("role"u8, "assistant"u8);
        json.WriteString("status"u8, "completed"u8);
        json.WriteStartArray("content"u8);
        json.WriteStartObject();
        json.WriteString("type"u8, field == "text" ? "output_text" : field);
        json.WriteString(field, text);
        if (field == "text")
        {
            json.WriteStartArray("annotations"u8);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
