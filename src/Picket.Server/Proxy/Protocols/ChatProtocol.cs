using System.Text.Json;
using Microsoft.Extensions.AI;
using Picket.Chat;

namespace Picket.Server;

/// <summary>OpenAI's <c>POST /v1/chat/completions</c>.</summary>
internal sealed class ChatProtocol : ChoiceProtocol
{
    public override string Route => "chat";

    public override string Service => "chat/completions";

    protected override string WholeObject => "chat.completion";

    protected override string ChunkObject => "chat.completion.chunk";

    public override ProxyRequest Read(JsonElement body, JsonReading reading)
    {
        MessageReader.Exact(body, "body", "messages", "stream", "n", "stream_options");
        JsonElement messages = JsonReading.Required(body, "messages", "an array of messages");
        if (messages.ValueKind != JsonValueKind.Array)
        {
            throw RequestFault.Of("messages", "an array of messages");
        }

        return RequestFields.With(
            body, [.. messages.EnumerateArray().Select((message, i) => MessageReader.Read(message, $"messages[{i}]", reading))]);
    }

    public override void WriteDefended(Utf8JsonWriter json, ProxyRequest request, BiasDefenseWording wording)
    {
        bool leads = request.Messages.Count > 0 && IsSystem(request.Messages[0]);
        string system = wording.AfterSystemPrompt(leads ? request.Messages[0].Text : null);
        int asked = request.Messages.ToList().FindLastIndex(static message => message.Role == ChatRole.User);
        string suffix = asked < 0 ? "" : wording.AfterRequest(request.Messages[asked].Text);
        json.WriteStartObject();
        JsonCopy.Fields(json, request.Body, (name, value) =>
        {
            if (name != "messages")
            {
                return false;
            }

            json.WriteStartArray();
            if (!leads && system.Length > 0)
            {
                MessageEdit.WriteNew(json, "system", system);
            }

            int at = 0;
            foreach (JsonElement message in value.EnumerateArray())
            {
                MessageEdit.Write(json, message, at == asked ? suffix : at == 0 && leads ? system : "", "text");
                at++;
            }

            json.WriteEndArray();
            return true;
        });
        json.WriteEndObject();
    }

    public override void WriteCanary(Utf8JsonWriter json, string text, bool streams)
    {
        json.WriteStartObject();
        json.WriteBoolean("stream"u8, streams);
        json.WriteStartArray("messages"u8);
        MessageEdit.WriteNew(json, "user", text);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    protected override void WriteSaid(Utf8JsonWriter json, string text, bool whole)
    {
        json.WriteStartObject(whole ? "message"u8 : "delta"u8);
        if (whole || text.Length > 0)
        {
            json.WriteString("role"u8, "assistant"u8);
            json.WriteString("content"u8, text);
        }

        if (whole)
        {
            json.WriteNull("refusal"u8);
        }

        json.WriteEndObject();
    }

    private static bool IsSystem(ChatMessage message) => message.Role == ChatRole.System || message.Role.Value == "developer";
}
