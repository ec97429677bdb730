using System.Text.Json;
using Picket.Chat;

namespace Picket.Server;

/// <summary>The texts in answers and events of <c>/v1/responses</c>.</summary>
internal static class ResponseEvents
{
    private static readonly string[] Last = ["response.completed", "response.incomplete", "response.failed", "response.cancelled", "error"];

    public static IReadOnlyList<AnswerChoice>? Choices(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        string type = Text(answer, "type");
        if (type.EndsWith(".delta", StringComparison.Ordinal))
        {
            return [new AnswerChoice(0, Delta(answer, type), Ends: false)];
        }

        bool isEvent = type.StartsWith("response.", StringComparison.Ordinal) || type == "error";
        if (!isEvent && !(answer.TryGetProperty("output", out JsonElement output) && output.ValueKind == JsonValueKind.Array))
        {
            return null;
        }

        var pieces = new List<AnswerPiece>();
        Add(answer, isEvent, pieces);
        return [new AnswerChoice(0, pieces, !isEvent || Last.Contains(type, StringComparer.Ordinal)) { Repeats = isEvent }];
    }

    /// <summary>A stream with one text.</summary>
    public static IEnumerable<SseMessage> Stream(string text)
    {
        yield return new("response.output_text.delta", JsonBytes.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "response.output_text.delta"u8);
            json.WriteString("delta"u8, text);
            json.WriteEndObject();
        }));
        yield return new("response.completed", JsonBytes.Of(json =>
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "response.completed"u8);
            json.WritePropertyName("response"u8);
            ResponseRefusal.WriteMessage(json, text);
            json.WriteEndObject();
        }));
    }

    // The answer's own fields repeat the request; of them only the output is the model's.
    private static void Add(JsonElement answer, bool isEvent, List<AnswerPiece> pieces)
    {
        foreach (JsonProperty field in answer.EnumerateObject())
        {
            if (field.Name == "output")
            {
                AnswerTexts.Add(field.Value, "output", pieces);
            }
            else if (isEvent && field.Name == "response" && field.Value.ValueKind == JsonValueKind.Object)
            {
                Add(field.Value, isEvent: false, pieces);
            }
            else if (isEvent && field.Name is not ("type" or "item_id" or "response_id" or "code" or "obfuscation"))
            {
                AnswerTexts.Add(field.Value, field.Name, pieces);
            }
        }
    }

    private static List<AnswerPiece> Delta(JsonElement answer, string type)
    {
        var pieces = new List<AnswerPiece>();
        if (type == "response.audio.delta" || !answer.TryGetProperty("delta", out JsonElement delta))
        {
            return pieces;
        }

        string key = $"{type} {Number(answer, "output_index")}.{Number(answer, "content_index")}.{Number(answer, "summary_index")}";
        GuardedPart part = type.Contains("reasoning", StringComparison.Ordinal) ? GuardedPart.Reasoning
            : type.Contains("arguments", StringComparison.Ordinal) || type.Contains("input", StringComparison.Ordinal) ? GuardedPart.ToolArguments
            : GuardedPart.Text;
        using var said = JsonDocument.Parse(JsonBytes.Of(json => WriteSaid(json, answer, delta)));
        AnswerTexts.Add(said.RootElement, "", pieces);
        return [.. pieces.Select(piece => new AnswerPiece($"{key} {piece.Key}", part, piece.Text))];
    }

    // The text and its tokens beside each other, as the other APIs have them.
    private static void WriteSaid(Utf8JsonWriter json, JsonElement answer, JsonElement delta)
    {
        json.WriteStartObject();
        json.WritePropertyName("said"u8);
        JsonCopy.Value(json, delta);
        if (answer.TryGetProperty("logprobs", out JsonElement logprobs))
        {
            json.WritePropertyName("logprobs"u8);
            JsonCopy.Value(json, logprobs);
        }

        json.WriteEndObject();
    }

    private static string Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? JsonText.Of(value) : "";

    private static string Number(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetRawText() : "";
}
