using System.Text.Json;

namespace Picket.Server;

/// <summary>Picket's own <c>POST /v1/check</c>: <c>{"inputs": [{"prompt", "response"?, "id"?}]}</c>.</summary>
internal sealed class PairProtocol : CheckProtocol
{
    public override string Route => "check";

    public override string Path => "/v1/check";

    public override CheckRequest Read(JsonElement body, JsonReading reading)
    {
        JsonReading.Object(body);
        JsonElement[] items = reading.Items(JsonReading.Required(body, "inputs", "an array of objects"), "inputs");
        var inputs = new GuardInput[items.Length];
        var ids = new string?[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            string field = $"inputs[{i}]";
            JsonReading.Object(items[i], field);
            bool answered = JsonReading.Has(items[i], "response", out JsonElement response);
            inputs[i] = new GuardInput(
                JsonReading.Has(items[i], "prompt", out JsonElement prompt)
                    ? reading.Text(prompt, $"{field}.prompt")
                    : throw RequestFault.Of($"{field}.prompt", "a string"),
                answered ? reading.Text(response, $"{field}.response") : null);
            ids[i] = JsonReading.Has(items[i], "id", out JsonElement id) ? reading.Text(id, $"{field}.id") : null;
        }

        return new Request(inputs, ids);
    }

    public override void Write(Utf8JsonWriter json, CheckRequest request, CheckOutcome outcome)
    {
        json.WriteStartObject();
        json.WriteBoolean("blocked"u8, outcome.BlocksAny);
        json.WriteStartArray("results"u8);
        for (int i = 0; i < outcome.Verdicts.Count; i++)
        {
            json.WriteStartObject();
            if (((Request)request).Ids[i] is { } id)
            {
                json.WriteString("id"u8, id);
            }

            VerdictJson.WriteFields(json, outcome.Verdicts[i], outcome);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        VerdictJson.WriteTimings(json, outcome.Times);
        json.WriteEndObject();
    }

    public override void WriteCanary(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteStartArray("inputs"u8);
        json.WriteStartObject();
        json.WriteString("prompt"u8, text);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public override bool Blocks(JsonElement answer) => answer.GetProperty("results")[0].GetProperty("blocked").GetBoolean();

    private sealed record Request(IReadOnlyList<GuardInput> Inputs, string?[] Ids) : CheckRequest(Inputs);
}
