using Microsoft.Extensions.AI;

namespace Picket.Chat;

/// <summary>Puts BiasDefense around every request before the inner client gets it. The caller's messages and options stay as they are.</summary>
/// <remarks>Safe to call from several threads, as far as the inner client is. Disposes the inner client.</remarks>
internal sealed class BiasDefenseChatClient(IChatClient inner, BiasDefenseWording wording) : DelegatingChatClient(inner)
{
    private static readonly ChatRole Developer = new("developer");

    /// <inheritdoc/>
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        (List<ChatMessage> defended, ChatOptions? with) = Defend(messages, options);
        return base.GetResponseAsync(defended, with, cancellationToken);
    }

    /// <inheritdoc/>
    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        (List<ChatMessage> defended, ChatOptions? with) = Defend(messages, options);
        return base.GetStreamingResponseAsync(defended, with, cancellationToken);
    }

    private static ChatMessage With(ChatMessage message, string more)
    {
        if (more.Length == 0)
        {
            return message;
        }

        ChatMessage copy = message.Clone();
        copy.Contents = [.. message.Contents, new TextContent(more)];

        // Where a client sends the raw message it was made from, the defence would be lost.
        copy.RawRepresentation = null;
        return copy;
    }

    private (List<ChatMessage> Messages, ChatOptions? Options) Defend(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        List<ChatMessage> all = [.. messages];
        int request = all.FindLastIndex(static message => message.Role == ChatRole.User);
        if (request >= 0)
        {
            all[request] = With(all[request], wording.AfterRequest(all[request].Text));
        }

        // Many chat templates take one system message, and that at the beginning: the one that is there is gone on with.
        if (all.Count > 0 && (all[0].Role == ChatRole.System || all[0].Role == Developer))
        {
            all[0] = With(all[0], wording.AfterSystemPrompt(all[0].Text));
        }
        else if (!string.IsNullOrEmpty(options?.Instructions))
        {
            options = options.Clone();
            options.Instructions += wording.AfterSystemPrompt(options.Instructions);
        }
        else if (wording.AfterSystemPrompt(null) is { Length: > 0 } prompt)
        {
            all.Insert(0, new ChatMessage(ChatRole.System, prompt));
        }

        return (all, options);
    }
}
