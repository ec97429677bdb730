using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Picket.Chat;

/// <summary>Bodies of requests.</summary>
internal static class JsonBody
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One object with the fields that <paramref name="fields"/> writes.</summary>
    public static byte[] Of(Action<Utf8JsonWriter> fields)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body, Relaxed))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }

    /// <summary>A field, or none where there is no text.</summary>
    public static void WriteText(this Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, Bytes(text));
        }
    }

    /// <summary>A field of the messages of a conversation; <paramref name="end"/> writes more of the last one.</summary>
    public static void WriteMessages(this Utf8JsonWriter json, IEnumerable<ChatTurn> turns, string? prefix = null, Action? end = null)
    {
        json.WriteStartArray("messages");
        foreach (ChatTurn turn in turns)
        {
            json.WriteStartObject();
            json.WriteMessage(turn);
            json.WriteEndObject();
        }

        if (!string.IsNullOrEmpty(prefix))
        {
            json.WriteStartObject();
            json.WriteMessage(new ChatTurn(ChatSpeaker.Assistant, prefix));
            end?.Invoke();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMessage(this Utf8JsonWriter json, ChatTurn turn)
    {
        json.WriteString("role", turn.Speaker switch
        {
            ChatSpeaker.System => "system",
            ChatSpeaker.Assistant => "assistant",
            _ => "user",
        });
        json.WriteText("content", turn.Text);
    }

    // Half a character becomes U+FFFD; the JSON writer would refuse the text.
    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
