using System.Text.Json;
using Microsoft.Extensions.AI;
using Picket.Chat;

namespace Picket.Server;

/// <summary>OpenAI's <c>POST /v1/completions</c>. Prompts must be texts: nothing here reads a model's tokens.</summary>
internal sealed class CompletionProtocol : ChoiceProtocol
{
    private const string Expected = "a string or an array of strings";

    public override string Route => "completions";

    public override string Service => "completions";

    protected override string WholeObject => "text_completion";

    protected override string ChunkObject => "text_completion";

    public override ProxyRequest Read(JsonElement body, JsonReading reading)
    {
        MessageReader.Exact(body, "body", "prompt", "suffix", "stream", "n", "stream_options");
        JsonElement prompt = JsonReading.Required(body, "prompt", Expected);
        string[] prompts = prompt.ValueKind == JsonValueKind.Array
            ? [.. reading.Items(prompt, "prompt").Select((text, i) => reading.Text(text, $"prompt[{i}]"))]
            : [reading.Text(prompt, "prompt")];
        string suffix = reading.Text(body, "suffix", "");
        ProxyRequest request = RequestFields.With(
            body, [.. prompts.Append(suffix).Where(static text => text.Length > 0).Select(static text => new ChatMessage(ChatRole.User, text))]);
        return request with { Choices = request.Choices * prompts.Length };
    }

    public override void WriteDefended(Utf8JsonWriter json, ProxyRequest request, BiasDefenseWording wording)
    {
        json.WriteStartObject();
        JsonCopy.Fields(json, request.Body, (name, value) =>
        {
            if (name != "prompt")
            {
                return false;
            }

            if (value.ValueKind == JsonValueKind.String)
            {
                json.WriteStringValue(Defended(JsonText.Of(value), wording));
                return true;
            }

            json.WriteStartArray();
            foreach (JsonElement prompt in value.EnumerateArray())
            {
                json.WriteStringValue(Defended(JsonText.Of(prompt), wording));
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
        json.WriteString("prompt"u8, text);
        json.WriteEndObject();
    }

    protected override void WriteSaid(Utf8JsonWriter json, string text, bool whole) => json.WriteString("text"u8, text);

    // There are no roles: the system prompt is a paragraph before the text.
    private static string Defended(string prompt, BiasDefenseWording wording)
    {
        string system = wording.AfterSystemPrompt(null);
        string before = system.Length == 0 || prompt.StartsWith(system, StringComparison.Ordinal) ? "" : $"{system}\n\n";
        return before + prompt + wording.AfterRequest(prompt);
    }
}
