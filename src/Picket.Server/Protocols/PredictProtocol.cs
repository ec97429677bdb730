using System.Text.Json;

namespace Picket.Server;

/// <summary>
/// <c>POST /predict</c> of Text Embeddings Inference: a string, or an array of one or two, is one input; an array of such arrays is a batch. The
/// second string is a response to the first. Texts are never truncated, whatever <c>truncate</c> says. The first label is the policy's decision; a
/// client that takes the higher score instead decides by 0.5, whatever the policy's threshold.
/// </summary>
internal sealed class PredictProtocol : CheckProtocol
{
    public override string Route => "predict";

    public override string Path => "/predict";

    public override ErrorShape Errors => ErrorShape.Tei;

    public override CheckRequest Read(JsonElement body, JsonReading reading)
    {
        JsonReading.Object(body);
        JsonElement inputs = JsonReading.Required(body, "inputs", "a string, a pair, or an array of arrays of one or two strings");
        if (JsonReading.Has(body, "raw_scores", out JsonElement raw) && raw.ValueKind == JsonValueKind.True)
        {
            throw RequestFault.Of("raw_scores", "false: a guard gives probabilities");
        }

        if (inputs.ValueKind == JsonValueKind.String)
        {
            return new Request([new GuardInput(reading.Text(inputs, "inputs"))], Batch: false);
        }

        JsonElement[] items = reading.Items(inputs, "inputs");
        return items[0].ValueKind == JsonValueKind.Array
            ? new Request([.. items.Select((item, i) => Input(item, $"inputs[{i}]", reading))], Batch: true)
            : new Request([Input(inputs, "inputs", reading)], Batch: false);
    }

    public override void Write(Utf8JsonWriter json, CheckRequest request, CheckOutcome outcome)
    {
        bool batch = ((Request)request).Batch;
        if (batch)
        {
            json.WriteStartArray();
        }

        foreach (Verdict verdict in outcome.Verdicts)
        {
            WriteLabels(json, verdict, outcome.Blocks(verdict));
        }

        if (batch)
        {
            json.WriteEndArray();
        }
    }

    public override void WriteCanary(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("inputs"u8, text);
        json.WriteEndObject();
    }

    public override bool Blocks(JsonElement answer) => answer[0].GetProperty("label").GetString() == "unsafe";

    private static void WriteLabels(Utf8JsonWriter json, Verdict verdict, bool blocks)
    {
        json.WriteStartArray();
        foreach (bool isUnsafe in new[] { blocks, !blocks })
        {
            json.WriteStartObject();
            json.WriteNumber("score"u8, isUnsafe ? verdict.UnsafeProbability : 1 - verdict.UnsafeProbability);
            json.WriteString("label"u8, isUnsafe ? "unsafe" : "safe");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static GuardInput Input(JsonElement item, string field, JsonReading reading)
    {
        if (item.ValueKind != JsonValueKind.Array || item.GetArrayLength() is not (1 or 2))
        {
            throw RequestFault.Of(field, "an array of one or two strings");
        }

        string first = reading.Text(item[0], $"{field}[0]");
        return new GuardInput(first, item.GetArrayLength() == 2 ? reading.Text(item[1], $"{field}[1]") : null);
    }

    private sealed record Request(IReadOnlyList<GuardInput> Inputs, bool Batch) : CheckRequest(Inputs);
}
