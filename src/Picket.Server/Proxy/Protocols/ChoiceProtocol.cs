using System.Text.Json;

namespace Picket.Server;

/// <summary>The APIs whose answers have <c>choices</c>.</summary>
internal abstract class ChoiceProtocol : ProxyProtocol
{
    public override string Done => "data: [DONE]\n\n";

    /// <summary>What a whole answer calls itself.</summary>
    protected abstract string WholeObject { get; }

    /// <summary>What an event of a stream calls itself.</summary>
    protected abstract string ChunkObject { get; }

    public override IReadOnlyList<AnswerChoice>? Choices(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("choices", out JsonElement choices)
            || choices.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        return [.. choices.EnumerateArray().Select(static (choice, i) =>
        {
            var pieces = new List<AnswerPiece>();
            AnswerTexts.Add(choice, "", pieces);
            return new AnswerChoice(ChoiceEnvelope.IndexOf(choice, i), pieces, JsonReading.Has(choice, "finish_reason", out _));
        })];
    }

    public override void WriteReplaced(Utf8JsonWriter json, JsonElement answer, IReadOnlySet<int> blocked, string refusal) =>
        ChoiceEnvelope.WriteChoices(json, answer, (choice, index) =>
        {
            if (blocked.Contains(index))
            {
                WriteChoice(json, index, refusal, ContentFilter, whole: true);
            }
            else
            {
                JsonCopy.Value(json, choice);
            }
        });

    public override bool WriteWithout(Utf8JsonWriter json, JsonElement message, IReadOnlySet<int> blocked)
    {
        int left = 0;
        ChoiceEnvelope.WriteChoices(json, message, (choice, index) =>
        {
            if (!blocked.Contains(index))
            {
                left++;
                JsonCopy.Value(json, choice);
            }
        });
        return left > 0 || JsonReading.Has(message, "usage", out _);
    }

    public override void WriteRefusal(Utf8JsonWriter json, ProxyRequest request, string refusal, DateTimeOffset now)
    {
        ChoiceEnvelope.WriteHead(json, WholeObject, request, now);
        for (int choice = 0; choice < request.Choices; choice++)
        {
            WriteChoice(json, choice, refusal, ContentFilter, whole: true);
        }

        json.WriteEndArray();
        ChoiceEnvelope.WriteNoUsage(json);
        json.WriteEndObject();
    }

    public override IEnumerable<SseMessage> RefusalStream(ProxyRequest request, string refusal, DateTimeOffset now)
    {
        for (int choice = 0; choice < request.Choices; choice++)
        {
            int index = choice;
            yield return ChoiceEnvelope.Chunk(Head, json => WriteChoice(json, index, refusal, null, whole: false));
            yield return ChoiceEnvelope.Chunk(Head, json => WriteChoice(json, index, "", ContentFilter, whole: false));
        }

        if (request.WantsUsage)
        {
            yield return new SseMessage("", JsonBytes.Of(json =>
            {
                Head(json);
                json.WriteEndArray();
                ChoiceEnvelope.WriteNoUsage(json);
                json.WriteEndObject();
            }));
        }

        void Head(Utf8JsonWriter json) => ChoiceEnvelope.WriteHead(json, ChunkObject, request, now);
    }

    public override IEnumerable<SseMessage> BlockedEnd(JsonElement first, JsonElement blocked, int choice, string refusal)
    {
        if (refusal.Length > 0)
        {
            yield return ChoiceEnvelope.Chunk(json => WriteHead(json, first), json => WriteChoice(json, choice, refusal, null, whole: false));
        }

        yield return ChoiceEnvelope.Chunk(json => WriteHead(json, first), json => WriteChoice(json, choice, "", ContentFilter, whole: false));
    }

    public override void WriteCanaryAnswer(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteStartArray("choices"u8);
        WriteChoice(json, 0, text, "stop", whole: true);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public override IEnumerable<SseMessage> CanaryStream(string text) =>
    [
        ChoiceEnvelope.Chunk(WriteHead, json => WriteChoice(json, 0, text, null, whole: false)),
        ChoiceEnvelope.Chunk(WriteHead, json => WriteChoice(json, 0, "", "stop", whole: false)),
    ];

    /// <summary>Writes what a choice says, after its index.</summary>
    protected abstract void WriteSaid(Utf8JsonWriter json, string text, bool whole);

    private void WriteHead(Utf8JsonWriter json, JsonElement first)
    {
        json.WriteStartObject();
        json.WriteString("object"u8, ChunkObject);
        foreach (string name in new[] { "id", "created", "model" })
        {
            if (first.TryGetProperty(name, out JsonElement value))
            {
                json.WritePropertyName(name);
                JsonCopy.Value(json, value);
            }
        }

        json.WriteStartArray("choices"u8);
    }

    private void WriteHead(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("object"u8, ChunkObject);
        json.WriteStartArray("choices"u8);
    }

    private void WriteChoice(Utf8JsonWriter json, int index, string text, string? finish, bool whole)
    {
        json.WriteStartObject();
        json.WriteNumber("index"u8, index);
        WriteSaid(json, text, whole);
        json.WriteNull("logprobs"u8);
        json.WriteString("finish_reason"u8, finish);
        json.WriteEndObject();
    }
}
