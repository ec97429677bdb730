using System.Text.Json;
using Picket.Chat;

namespace Picket.Ablation;

/// <summary>Reads what OpenAI's protocol asks of a model.</summary>
internal static class ServedRequest
{
    /// <summary>Of <c>POST /v1/chat/completions</c>: a last assistant message is a turn to go on with, whichever field says so.</summary>
    /// <returns><see langword="null"/> for a body that is no such request.</returns>
    public static GenerationRequest? OfChat(JsonElement body)
    {
        if (Field(body, "messages", JsonValueKind.Array) is not { } messages)
        {
            return null;
        }

        List<ChatTurn> turns = [];
        foreach (JsonElement message in messages.EnumerateArray())
        {
            if (Field(message, "role", JsonValueKind.String) is not { } role || Field(message, "content", JsonValueKind.String) is not { } content)
            {
                return null;
            }

            turns.Add(new ChatTurn(SpeakerOf(role.GetString()!), content.GetString()!));
        }

        string? prefix = turns is [.., { Speaker: ChatSpeaker.Assistant } last] ? last.Text : null;
        return turns.Count == 0 ? null : Sampled(new GenerationRequest(prefix is null ? turns : turns[..^1]) { AssistantPrefix = prefix }, body);
    }

    /// <summary>Of <c>POST /v1/completions</c>: the prompt is all that was said, and what is gone on with.</summary>
    /// <returns><see langword="null"/> for a body that is no such request.</returns>
    public static GenerationRequest? OfCompletion(JsonElement body) => Field(body, "prompt", JsonValueKind.String)?.GetString() is { } prompt
        ? Sampled(new GenerationRequest([new ChatTurn(ChatSpeaker.User, prompt)]) { AssistantPrefix = prompt }, body)
        : null;

    private static GenerationRequest Sampled(GenerationRequest request, JsonElement body) => request with
    {
        Temperature = Number(body, "temperature"),
        TopP = Number(body, "top_p"),
        MaxTokens = (int?)Number(body, "max_tokens"),
        Seed = (long?)Number(body, "seed"),
        Stop = StopsOf(body),
    };

    private static string[] StopsOf(JsonElement body) =>
        Field(body, "stop", JsonValueKind.String)?.GetString() is { } one ? [one]
        : Field(body, "stop", JsonValueKind.Array) is { } several
            ? [.. several.EnumerateArray().Where(static stop => stop.ValueKind == JsonValueKind.String).Select(static stop => stop.GetString()!)]
            : [];

    private static ChatSpeaker SpeakerOf(string role) => role switch
    {
        "system" => ChatSpeaker.System,
        "assistant" => ChatSpeaker.Assistant,
        _ => ChatSpeaker.User,
    };

    private static double? Number(JsonElement body, string name) => Field(body, name, JsonValueKind.Number)?.GetDouble();

    private static JsonElement? Field(JsonElement body, string name, JsonValueKind kind) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out JsonElement value) && value.ValueKind == kind ? value : null;
}
