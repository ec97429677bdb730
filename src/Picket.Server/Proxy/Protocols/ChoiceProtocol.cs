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
            return new AnswerChoice(IndexOf(choice, i), pieces, JsonReading.Has(choice, "finish_reason", out _));
        })];
    }

    public override void WriteReplaced(Utf8JsonWriter json, JsonElement answer, IReadOnlySet<int> blocked, string refusal) =>
        WriteChoices(json, answer, (choice, index) =>
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
        WriteChoices(json, message, (choice, index) =>
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
        WriteHead(json, WholeObject, request, now);
        for (int choice = 0; choice < request.Choices; choice++)
        {
            WriteChoice(json, choice, refusal, ContentFilter, whole: true);
        }

        json.WriteEndArray();
        WriteNoUsage(json);
        json.WriteEndObject();
    }

    public override IEnumerable<SseMessage> RefusalStream(ProxyRequest request, string refusal, DateTimeOffset now)
    {
        for (int choice = 0; choice < request.Choices; choice++)
        {
            int index = choice;
            yield return Chunk(Head, json => WriteChoice(json, index, refusal, null, whole: false));
            yield return Chunk(Head, json => WriteChoice(json, index, "", ContentFilter, whole: false));
        }

        if (request.WantsUsage)
        {
            yield return new SseMessage("", JsonBytes.Of(json =>
            {
                Head(json);
                json.WriteEndArray();
                WriteNoUsage(json);
                json.WriteEndObject();
            }));
        }

        void Head(Utf8JsonWriter json) => WriteHead(json, ChunkObject, request, now);
    }

    public override IEnumerable<SseMessage> BlockedEnd(JsonElement first, JsonElement blocked, int choice, string refusal)
    {
        if (refusal.Length > 0)
        {
            yield return Chunk(json => WriteHead(json, first), json => WriteChoice(json, choice, refusal, null, whole: false));
        }

        yield return Chunk(json => WriteHead(json, first), json => WriteChoice(json, choice, "", ContentFilter, whole: false));
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
        Chunk(WriteHead, json => WriteChoice(json, 0, text, null, whole: false)),
        Chunk(WriteHead, json => WriteChoice(json, 0, "", "stop", whole: false)),
    ];

    /// <summary>Writes what a choice says, after its index.</summary>
    protected abstract void WriteSaid(Utf8JsonWriter json, string text, bool whole);

    private static int IndexOf(JsonElement choice, int otherwise) =>
        choice.ValueKind == JsonValueKind.Object && choice.TryGetProperty("index", out JsonElement index)
        && index.ValueKind == JsonValueKind.Number && index.TryGetInt32(out int own)
            ? own
            : otherwise;

    private static void WriteChoices(Utf8JsonWriter json, JsonElement answer, Action<JsonElement, int> write)
    {
        json.WriteStartObject();
        JsonCopy.Fields(json, answer, (name, value) =>
        {
            if (name != "choices")
            {
                return false;
            }

            json.WriteStartArray();
            int next = 0;
            foreach (JsonElement choice in value.EnumerateArray())
            {
                write(choice, IndexOf(choice, next++));
            }

            json.WriteEndArray();
            return true;
        });
        json.WriteEndObject();
    }

    private static SseMessage Chunk(Action<Utf8JsonWriter> head, Action<Utf8JsonWriter> choice) => new("", JsonBytes.Of(json =>
    {
        head(json);
        choice(json);
        json.WriteEndArray();
        json.WriteEndObject();
    }));

    // A head leaves the object and its choices open.
    private static void WriteHead(Utf8JsonWriter json, string name, ProxyRequest request, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, $"picket-{Guid.NewGuid():N}");
        json.WriteString("object"u8, name);
        json.WriteNumber("created"u8, now.ToUnixTimeSeconds());
        json.WriteString("model"u8, request.Model);
        json.WriteStartArray("choices"u8);
    }

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

    private static void WriteNoUsage(Utf8JsonWriter json)
    {
        json.WriteStartObject("usage"u8);
        json.WriteNumber("prompt_tokens"u8, 0);
        json.WriteNumber("completion_tokens"u8, 0);
        json.WriteNumber("total_tokens"u8, 0);
        json.WriteEndObject();
    }
}
