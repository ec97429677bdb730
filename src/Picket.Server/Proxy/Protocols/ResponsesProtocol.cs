using System.Text.Json;
using Microsoft.Extensions.AI;
using Picket.Chat;

namespace Picket.Server;

/// <summary>OpenAI's <c>POST /v1/responses</c>. Its answer is one choice, whatever items it has.</summary>
/// <remarks>A conversation that the upstream keeps (<c>previous_response_id</c>) is not seen; the turn of the request is.</remarks>
internal sealed class ResponsesProtocol : ProxyProtocol
{
    public override string Route => "responses";

    public override string Service => "responses";

    public override bool Repeats => true;

    public override bool EndsWithUsage => true;

    public override ProxyRequest Read(JsonElement body, JsonReading reading)
    {
        MessageReader.Exact(body, "body", "input", "instructions", "stream", "prompt");
        var messages = new List<ChatMessage>();
        if (JsonReading.Has(body, "input", out JsonElement input))
        {
            messages.AddRange(input.ValueKind == JsonValueKind.Array
                ? input.EnumerateArray().Select((item, i) => MessageReader.Read(item, $"input[{i}]", reading))
                : [new ChatMessage(ChatRole.User, reading.Text(input, "input"))]);
        }

        // A prompt that the upstream keeps has places for the user's words.
        if (JsonReading.Has(body, "prompt", out JsonElement prompt) && prompt.ValueKind == JsonValueKind.Object
            && JsonReading.Has(prompt, "variables", out JsonElement variables))
        {
            var pieces = new List<AnswerPiece>();
            AnswerTexts.Add(variables, "variables", pieces);
            messages.AddRange(pieces.Select(static piece => new ChatMessage(ChatRole.User, piece.Text)));
        }

        return RequestFields.With(body, messages) with
        {
            Choices = 1,
            WantsUsage = true,
            Instructions = reading.Text(body, "instructions", null),
        };
    }

    public override void WriteDefended(Utf8JsonWriter json, ProxyRequest request, BiasDefenseWording wording)
    {
        int asked = request.Messages.ToList().FindLastIndex(static message => message.Role == ChatRole.User);
        string suffix = asked < 0 ? "" : wording.AfterRequest(request.Messages[asked].Text);
        string system = request.Instructions + wording.AfterSystemPrompt(request.Instructions);
        json.WriteStartObject();
        if (system.Length > 0)
        {
            json.WriteString("instructions"u8, system);
        }

        foreach (JsonProperty field in request.Body.EnumerateObject().Where(static field => field.Name != "instructions"))
        {
            json.WritePropertyName(field.Name);
            WriteInput(json, field.Name == "input" ? suffix : "", asked, field.Value);
        }

        json.WriteEndObject();
    }

    public override IReadOnlyList<AnswerChoice>? Choices(JsonElement answer) => ResponseEvents.Choices(answer);

    public override void WriteReplaced(Utf8JsonWriter json, JsonElement answer, IReadOnlySet<int> blocked, string refusal) =>
        ResponseRefusal.Write(json, answer, refusal);

    public override void WriteRefusal(Utf8JsonWriter json, ProxyRequest request, string refusal, DateTimeOffset now) =>
        ResponseRefusal.WriteNew(json, request.Model, refusal, now);

    public override IEnumerable<SseMessage> RefusalStream(ProxyRequest request, string refusal, DateTimeOffset now)
    {
        using var answer = JsonDocument.Parse(JsonBytes.Of(json => ResponseRefusal.WriteNew(json, request.Model, refusal, now)));
        return [ResponseRefusal.Incomplete(answer.RootElement.Clone(), sequence: 0, refusal)];
    }

    public override bool WriteWithout(Utf8JsonWriter json, JsonElement message, IReadOnlySet<int> blocked) => false;

    public override IEnumerable<SseMessage> BlockedEnd(JsonElement first, JsonElement blocked, JsonElement? last, int choice, string refusal)
    {
        long sequence = blocked.TryGetProperty("sequence_number", out JsonElement number) && number.ValueKind == JsonValueKind.Number
            && number.TryGetInt64(out long own) ? own : 0;
        JsonElement? usage = ResponseOf(last) is { } ended && JsonReading.Has(ended, ResponseRefusal.Usage, out JsonElement cost) ? cost : null;
        return [ResponseRefusal.Incomplete(ResponseOf(first), sequence, refusal, usage)];
    }

    public override void WriteCanary(Utf8JsonWriter json, string text, bool streams)
    {
        json.WriteStartObject();
        json.WriteBoolean("stream"u8, streams);
        json.WriteString("input"u8, text);
        json.WriteEndObject();
    }

    public override void WriteCanaryAnswer(Utf8JsonWriter json, string text) => ResponseRefusal.WriteMessage(json, text);

    public override IEnumerable<SseMessage> CanaryStream(string text) => ResponseEvents.Stream(text);

    private static JsonElement? ResponseOf(JsonElement? message) =>
        message is { } told && told.TryGetProperty("response", out JsonElement response) && response.ValueKind == JsonValueKind.Object
            ? response
            : null;

    private static void WriteInput(Utf8JsonWriter json, string suffix, int asked, JsonElement value)
    {
        if (suffix.Length == 0)
        {
            JsonCopy.Value(json, value);
        }
        else if (value.ValueKind == JsonValueKind.String)
        {
            json.WriteStringValue(JsonText.Of(value) + suffix);
        }
        else
        {
            json.WriteStartArray();
            int at = 0;
            foreach (JsonElement item in value.EnumerateArray())
            {
                MessageEdit.Write(json, item, at++ == asked ? suffix : "", "input_text");
            }

            json.WriteEndArray();
        }
    }
}
