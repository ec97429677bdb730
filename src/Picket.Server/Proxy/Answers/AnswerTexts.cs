using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using Picket.Chat;

namespace Picket.Server;

/// <summary>
/// Finds the texts in a choice. Every string is one, whatever its field is called, but for the names and marks of the protocols: what a server
/// adds to its answers is guarded before anyone has heard of it.
/// </summary>
internal static class AnswerTexts
{
    private static readonly FrozenSet<string> Marks = new[]
    {
        "role", "id", "type", "object", "index", "status", "format", "phase", "call_id", "tool_call_id", "item_id", "finish_reason",
        "native_finish_reason", "stop_reason", "content_filter_results", "token_ids", "top_logprobs", "bytes",
    }.ToFrozenSet(StringComparer.Ordinal);

    // Pictures, sound and what is encrypted, which no guard here reads; a text in their place is one.
    private static readonly FrozenSet<string> Encoded = new[]
    {
        "data", "b64_json", "partial_image_b64", "result", "signature", "encrypted_content",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Adds the texts in <paramref name="value"/>.</summary>
    /// <param name="value">Any JSON.</param>
    /// <param name="path">Where it stands in its choice.</param>
    /// <param name="pieces">Where they go.</param>
    public static void Add(JsonElement value, string path, List<AnswerPiece> pieces)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                Add(path, JsonText.Of(value), pieces);
                break;
            case JsonValueKind.Array:
                int next = 0;
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Add(item, $"{path}[{Index(item, next++)}]", pieces);
                }

                break;
            case JsonValueKind.Object:
                AddFields(value, path, pieces);
                break;
        }
    }

    private static void AddFields(JsonElement value, string path, List<AnswerPiece> pieces)
    {
        int before = pieces.Count;
        foreach (JsonProperty field in value.EnumerateObject())
        {
            // The protocols' own envelopes around a message: whole or in pieces, its texts have the same keys.
            if (path.Length == 0 && field.Name is "message" or "delta" && field.Value.ValueKind == JsonValueKind.Object)
            {
                Add(field.Value, "", pieces);
            }
            else if (!Marks.Contains(field.Name) && field.Name != "logprobs" && !IsEncoded(field))
            {
                Add(field.Value, path.Length == 0 ? field.Name : $"{path}.{field.Name}", pieces);
            }
        }

        if (value.TryGetProperty("logprobs", out JsonElement logprobs))
        {
            AddTokens(logprobs, $"{path}.logprobs", pieces, before);
        }
    }

    // A call's name belongs to the text of its arguments, as a word before them.
    private static void Add(string path, string text, List<AnswerPiece> pieces)
    {
        if (text.Length == 0)
        {
            return;
        }

        bool isCall = path.StartsWith("tool_calls[", StringComparison.Ordinal);
        if (isCall || path.StartsWith("function_call.", StringComparison.Ordinal))
        {
            string call = path[..(path.IndexOf(isCall ? ']' : '.', StringComparison.Ordinal) + 1)];
            pieces.Add(new(call, GuardedPart.ToolArguments, path.EndsWith(".name", StringComparison.Ordinal) ? $"{text}\n" : text));
        }
        else
        {
            pieces.Add(new(path, path.Contains("reasoning", StringComparison.Ordinal) ? GuardedPart.Reasoning : GuardedPart.Text, text));
        }
    }

    // Tokens with their probabilities say the text beside them once more; where they say something else they are a text of their own.
    private static void AddTokens(JsonElement logprobs, string path, List<AnswerPiece> pieces, int before)
    {
        var tokens = new StringBuilder();
        Append(logprobs, tokens);
        string text = tokens.ToString();
        if (text.Length > 0 && text != string.Concat(pieces.Skip(before).Select(static piece => piece.Text)))
        {
            pieces.Add(new(path, GuardedPart.Text, text));
        }
    }

    private static void Append(JsonElement value, StringBuilder tokens)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                tokens.Append(JsonText.Of(value));
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Append(item, tokens);
                }

                break;
            case JsonValueKind.Object:
                foreach (JsonProperty field in value.EnumerateObject().Where(static field => !Marks.Contains(field.Name)))
                {
                    Append(field.Value, tokens);
                }

                break;
        }
    }

    private static bool IsEncoded(JsonProperty field) => Encoded.Contains(field.Name) && field.Value.ValueKind == JsonValueKind.String
        && JsonText.Of(field.Value).All(static c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '=' or '-' or '_');

    private static int Index(JsonElement item, int otherwise) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty("index", out JsonElement index)
        && index.ValueKind == JsonValueKind.Number && index.TryGetInt32(out int own)
            ? own
            : otherwise;
}
