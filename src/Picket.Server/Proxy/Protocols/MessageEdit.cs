using System.Text.Json;

namespace Picket.Server;

/// <summary>Writes a message with more text at its end.</summary>
internal static class MessageEdit
{
    /// <summary>The message, a string of its content made longer or a part added to its parts.</summary>
    public static void Write(Utf8JsonWriter json, JsonElement message, string more, string partType)
    {
        if (more.Length == 0)
        {
            JsonCopy.Value(json, message);
            return;
        }

        bool found = false;
        json.WriteStartObject();
        JsonCopy.Fields(json, message, (name, value) =>
        {
            if (name != "content")
            {
                return false;
            }

            found = true;
            WriteContent(json, value, more, partType);
            return true;
        });
        if (!found)
        {
            json.WriteString("content"u8, more);
        }

        json.WriteEndObject();
    }

    /// <summary>A message with nothing but a text.</summary>
    public static void WriteNew(Utf8JsonWriter json, string role, string text)
    {
        json.WriteStartObject();
        json.WriteString("role"u8, role);
        json.WriteString("content"u8, text);
        json.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter json, JsonElement content, string more, string partType)
    {
        if (content.ValueKind != JsonValueKind.Array)
        {
            json.WriteStringValue(content.ValueKind == JsonValueKind.String ? JsonText.Of(content) + more : more);
            return;
        }

        json.WriteStartArray();
        foreach (JsonElement part in content.EnumerateArray())
        {
            JsonCopy.Value(json, part);
        }

        json.WriteStartObject();
        json.WriteString("type"u8, partType);
        json.WriteString("text"u8, more);
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
