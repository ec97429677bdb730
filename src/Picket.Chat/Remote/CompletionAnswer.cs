using System.Text.Json;

namespace Picket.Chat;

/// <summary>An answer of <c>/v1/chat/completions</c> or <c>/v1/completions</c>.</summary>
/// <param name="Text">What the model wrote.</param>
/// <param name="Declined">The model declined in the field <c>refusal</c>.</param>
/// <param name="FinishReason">As the server names it.</param>
/// <param name="Usage">Tokens, where the server counts them.</param>
/// <param name="Tokens">The answer's tokens with their alternatives; empty without logprobs.</param>
internal sealed record CompletionAnswer(
    string Text, bool Declined, string? FinishReason, TokenUsage? Usage, IReadOnlyList<TokenChoice> Tokens)
{
    /// <summary>The answer in <paramref name="body"/>; <see langword="null"/> when it is none.</summary>
    public static CompletionAnswer? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Read(document.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            // Not JSON, or a field of another kind.
            return null;
        }
    }

    /// <summary>A server's content filter took the request (OpenAI and Azure answer with a 400).</summary>
    public static bool IsFiltered(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.TryGetProperty("error", out JsonElement error)
                && error.TryGetProperty("code", out JsonElement code)
                && code.ValueKind == JsonValueKind.String && code.ValueEquals("content_filter");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static CompletionAnswer? Read(JsonElement root)
    {
        if (!root.TryGetProperty("choices", out JsonElement choices) || choices.GetArrayLength() != 1)
        {
            return null;
        }

        JsonElement choice = choices[0];
        bool isChat = choice.TryGetProperty("message", out JsonElement message);
        JsonElement said = isChat ? message : choice;
        JsonElement? text = said.Field(isChat ? "content" : "text");
        bool declined = said.Field("refusal") is not null;

        // A chat answer without content is an empty one; a completion without text is none.
        return text is null && !isChat
            ? null
            : new CompletionAnswer(
                text?.GetString() ?? "",
                declined,
                choice.Field("finish_reason")?.GetString(),
                ReadUsage(root.Field("usage")),
                choice.Field("logprobs") is { } logprobs ? TokenChoice.Read(logprobs) : []);
    }

    private static TokenUsage? ReadUsage(JsonElement? usage) =>
        usage?.Field("prompt_tokens") is { } prompt
            ? new TokenUsage(prompt.GetInt64(), usage.Value.Field("completion_tokens")?.GetInt64() ?? 0)
            : null;
}
