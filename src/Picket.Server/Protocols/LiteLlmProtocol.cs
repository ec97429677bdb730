using System.Text.Json;

namespace Picket.Server;

/// <summary>
/// LiteLLM's generic guardrail. Texts of a request are prompts; those of a response, and the arguments of tool calls, are judged with the last
/// user turn of <c>structured_messages</c>, or of <c>request_data.messages</c>, as their context.
/// </summary>
internal sealed class LiteLlmProtocol : CheckProtocol
{
    public override string Route => "litellm";

    public override string Path => "/beta/litellm_basic_guardrail_api";

    public override CheckRequest Read(JsonElement body, JsonReading reading)
    {
        JsonReading.Object(body);
        bool answer = reading.Text(body, "input_type", "request") switch
        {
            "request" => false,
            "response" => true,
            _ => throw RequestFault.Of("input_type", "request or response"),
        };
        List<string> texts = Texts(body, reading);
        texts.AddRange(ToolArguments(body, reading));
        string prompt = answer ? LastUserTurn(body, reading) : "";
        int images = JsonReading.Has(body, "images", out JsonElement pictures) && pictures.ValueKind == JsonValueKind.Array
            ? pictures.GetArrayLength()
            : 0;
        return new Request([.. texts.Select(text => answer ? new GuardInput(prompt, text) : new GuardInput(text))], images);
    }

    public override void Write(Utf8JsonWriter json, CheckRequest request, CheckOutcome outcome)
    {
        json.WriteStartObject();
        json.WriteString("action"u8, outcome.BlocksAny ? "BLOCKED" : "NONE");
        if (outcome.BlocksAny)
        {
            json.WriteString("blocked_reason"u8, "Picket holds the text unsafe");
        }

        json.WriteStartObject("picket"u8);
        json.WriteNumber("unscored_images"u8, ((Request)request).Images);
        json.WriteStartArray("results"u8);
        foreach (Verdict verdict in outcome.Verdicts)
        {
            json.WriteStartObject();
            VerdictJson.WriteFields(json, verdict, outcome);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public override void WriteCanary(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("input_type"u8, "request");
        json.WriteStartArray("texts"u8);
        json.WriteStringValue(text);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public override bool Blocks(JsonElement answer) => answer.GetProperty("action").GetString() == "BLOCKED";

    private static List<string> Texts(JsonElement body, JsonReading reading) =>
        JsonReading.Has(body, "texts", out JsonElement texts) && !(texts.ValueKind == JsonValueKind.Array && texts.GetArrayLength() == 0)
            ? [.. reading.Items(texts, "texts").Select((text, i) => reading.Text(text, $"texts[{i}]"))]
            : [];

    private static IEnumerable<string> ToolArguments(JsonElement body, JsonReading reading)
    {
        if (!JsonReading.Has(body, "tool_calls", out JsonElement calls) || calls.ValueKind != JsonValueKind.Array || calls.GetArrayLength() == 0)
        {
            yield break;
        }

        JsonElement[] items = reading.Items(calls, "tool_calls");
        for (int i = 0; i < items.Length; i++)
        {
            if (items[i].ValueKind == JsonValueKind.Object
                && JsonReading.Has(items[i], "function", out JsonElement function) && function.ValueKind == JsonValueKind.Object
                && JsonReading.Has(function, "arguments", out JsonElement arguments))
            {
                yield return arguments.ValueKind == JsonValueKind.String
                    ? reading.Text(arguments, $"tool_calls[{i}].function.arguments")
                    : arguments.GetRawText();
            }
        }
    }

    private static string LastUserTurn(JsonElement body, JsonReading reading)
    {
        bool found = JsonReading.Has(body, "structured_messages", out JsonElement messages)
            || (JsonReading.Has(body, "request_data", out JsonElement data) && data.ValueKind == JsonValueKind.Object
                && JsonReading.Has(data, "messages", out messages));
        if (!found || messages.ValueKind != JsonValueKind.Array)
        {
            return "";
        }

        JsonElement last = messages.EnumerateArray().LastOrDefault(static message =>
            message.ValueKind == JsonValueKind.Object && message.TryGetProperty("role", out JsonElement role) && role.ValueEquals("user"));
        return last.ValueKind == JsonValueKind.Object && JsonReading.Has(last, "content", out JsonElement content) ? Content(content, reading) : "";
    }

    private static string Content(JsonElement content, JsonReading reading) => content.ValueKind switch
    {
        JsonValueKind.String => reading.Text(content, "messages.content"),
        JsonValueKind.Array => string.Join('\n', content.EnumerateArray()
            .Where(static part => part.ValueKind == JsonValueKind.Object)
            .Select(part => reading.Text(part, "text", ""))),
        _ => "",
    };

    private sealed record Request(IReadOnlyList<GuardInput> Inputs, int Images) : CheckRequest(Inputs);
}
