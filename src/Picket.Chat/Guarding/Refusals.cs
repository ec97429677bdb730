using Microsoft.Extensions.AI;

namespace Picket.Chat;

/// <summary>What stands in for a blocked text.</summary>
internal static class Refusals
{
    /// <summary>In place of an answer that was never asked for.</summary>
    public static ChatResponse OfPrompt(GuardedCall call) => new(new ChatMessage(ChatRole.Assistant, Contents(call.Options)))
    {
        FinishReason = ChatFinishReason.ContentFilter,
        AdditionalProperties = new() { [ChatVerdict.Key] = call.Verdict },
    };

    /// <summary>The same as the only update of a stream.</summary>
    public static ChatResponseUpdate OfPromptInStream(GuardedCall call) => new(ChatRole.Assistant, Contents(call.Options))
    {
        FinishReason = ChatFinishReason.ContentFilter,
        AdditionalProperties = new() { [ChatVerdict.Key] = call.Verdict },
    };

    /// <summary>In place of a message; what it cost stays.</summary>
    public static ChatMessage InPlaceOf(ChatMessage message, GuardingOptions options) =>
        new(ChatRole.Assistant, [.. Contents(options), .. message.Contents.OfType<UsageContent>()])
        {
            MessageId = message.MessageId,
            CreatedAt = message.CreatedAt,
        };

    /// <summary>The update that ends a blocked message of a stream.</summary>
    public static ChatResponseUpdate After(ChatResponseUpdate last, string? id, GuardingOptions options, bool follows)
    {
        ChatResponseUpdate refusal = Beside(last, id);
        refusal.Role = ChatRole.Assistant;
        refusal.FinishReason = ChatFinishReason.ContentFilter;
        refusal.Contents = Contents(options, follows);
        return refusal;
    }

    /// <summary>An empty update of the same message, without what a provider adds, which may hold the text.</summary>
    public static ChatResponseUpdate Beside(ChatResponseUpdate update, string? id) => new()
    {
        Role = update.Role ?? ChatRole.Assistant,
        AuthorName = update.AuthorName,
        MessageId = id,
        ResponseId = update.ResponseId,
        ConversationId = update.ConversationId,
        ModelId = update.ModelId,
        CreatedAt = update.CreatedAt,
    };

    /// <summary>The contents of a refusal that follows what was let go of a stream.</summary>
    private static List<AIContent> Contents(GuardingOptions options, bool follows = false) =>
        options.RefusalText.Length == 0 ? [] : [new TextContent(follows ? $"\n\n{options.RefusalText}" : options.RefusalText)];
}
