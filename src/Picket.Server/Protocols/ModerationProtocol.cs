using System.Globalization;
using System.Text.Json;

namespace Picket.Server;

/// <summary>
/// OpenAI's <c>POST /v1/moderations</c>. A string, or an array of parts, is one text; an array of strings are as many. An additional
/// <c>prompt</c> is the context in which <c>input</c> is judged as a response; with an array of strings it may be an array of as many.
/// </summary>
internal sealed class ModerationProtocol : CheckProtocol
{
    public override string Route => "moderations";

    public override string Path => "/v1/moderations";

    public override ErrorShape Errors => ErrorShape.OpenAi;

    public override CheckRequest Read(JsonElement body, JsonReading reading)
    {
        JsonReading.Object(body);
        JsonElement input = JsonReading.Required(body, "input", "a string, an array of strings, or an array of parts");
        (string[] texts, int images) = Texts(input, reading);
        string?[] prompts = Prompts(body, texts.Length, reading);
        return new Request(
            [.. texts.Select((text, i) => prompts[i] is { } prompt ? new GuardInput(prompt, text) : new GuardInput(text))],
            reading.Text(body, "model", null),
            images);
    }

    public override void Write(Utf8JsonWriter json, CheckRequest request, CheckOutcome outcome)
    {
        var asked = (Request)request;
        json.WriteStartObject();
        json.WriteString("id"u8, NewId());
        json.WriteString("model"u8, asked.Model is null ? outcome.Verdicts[0].DecidedBy : asked.Model);
        json.WriteStartArray("results"u8);
        foreach (Verdict verdict in outcome.Verdicts)
        {
            WriteResult(json, verdict, outcome, asked.Images);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public override void WriteCanary(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("input"u8, text);
        json.WriteEndObject();
    }

    public override bool Blocks(JsonElement answer) => answer.GetProperty("results")[0].GetProperty("flagged").GetBoolean();

    private static void WriteResult(Utf8JsonWriter json, Verdict verdict, CheckOutcome outcome, int images)
    {
        bool flagged = outcome.Blocks(verdict);
        json.WriteStartObject();
        json.WriteBoolean("flagged"u8, flagged);
        ModerationCategories.Write(json, verdict, flagged);

        // Beside OpenAI's fields, where another Picket looks for it: a guard without categories has no score among them.
        json.WriteNumber("unsafe_probability"u8, verdict.UnsafeProbability);
        json.WriteStartObject("picket"u8);
        VerdictJson.WriteFields(json, verdict, outcome);
        json.WriteNumber("unscored_images"u8, images);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // A name for logs and nothing to guess: the system's own randomness costs a call of the kernel.
    private static string NewId() => string.Create(
        CultureInfo.InvariantCulture, $"modr-{Random.Shared.NextInt64():x16}{Random.Shared.NextInt64():x16}");

    private static (string[] Texts, int Images) Texts(JsonElement input, JsonReading reading)
    {
        if (input.ValueKind == JsonValueKind.String)
        {
            return ([reading.Text(input, "input")], 0);
        }

        JsonElement[] items = reading.Items(input, "input");
        if (items[0].ValueKind != JsonValueKind.Object)
        {
            return ([.. items.Select((item, i) => reading.Text(item, $"input[{i}]"))], 0);
        }

        var texts = new List<string>();
        for (int i = 0; i < items.Length; i++)
        {
            string field = $"input[{i}]";
            switch (reading.Text(JsonReading.Object(items[i], field), "type", ""))
            {
                case "text":
                    texts.Add(reading.Text(JsonReading.Required(items[i], "text", "a string"), $"{field}.text"));
                    break;
                case "image_url":
                    break;
                default:
                    throw RequestFault.Of($"{field}.type", "text or image_url");
            }
        }

        // No guard here reads images. With nothing else to judge there is no truthful answer.
        return texts.Count > 0
            ? ([string.Join('\n', texts)], items.Length - texts.Count)
            : throw RequestFault.Of("input", "at least one part of text: this server judges no images");
    }

    private static string?[] Prompts(JsonElement body, int count, JsonReading reading)
    {
        if (!JsonReading.Has(body, "prompt", out JsonElement prompt))
        {
            return new string?[count];
        }

        if (prompt.ValueKind != JsonValueKind.Array)
        {
            return [.. Enumerable.Repeat(reading.Text(prompt, "prompt"), count)];
        }

        JsonElement[] prompts = reading.Items(prompt, "prompt");
        return prompts.Length == count
            ? [.. prompts.Select((item, i) => item.ValueKind == JsonValueKind.Null ? null : reading.Text(item, $"prompt[{i}]"))]
            : throw RequestFault.Of("prompt", $"as many items as input, {count}");
    }

    private sealed record Request(IReadOnlyList<GuardInput> Inputs, string? Model, int Images) : CheckRequest(Inputs);
}
