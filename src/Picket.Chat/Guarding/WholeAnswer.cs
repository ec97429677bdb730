using Microsoft.Extensions.AI;

namespace Picket.Chat;

/// <summary>Checks an answer that is whole.</summary>
internal static class WholeAnswer
{
    /// <summary>
    /// The answer with its verdict; messages with a blocked text are replaced. An answer that nothing is blocked of is the same instance.
    /// </summary>
    public static async ValueTask<ChatResponse> CheckAsync(GuardedCall call, ChatResponse response, CancellationToken cancellationToken)
    {
        HashSet<ChatMessage> bad = [];
        foreach (ChatMessage message in response.Messages)
        {
            call.Unscored += message.Contents.Count(ContentTexts.IsUnscored);
            foreach (PartText part in ContentTexts.OfMessage(message.Contents))
            {
                if (await call.IsBlockedAsync(part.Part, part.Text, message.MessageId, cancellationToken))
                {
                    bad.Add(message);
                }
            }
        }

        if (bad.Count > 0)
        {
            call.ThrowIfWanted();
            response = Replace(response, bad, call);
        }

        (response.AdditionalProperties ??= [])[ChatVerdict.Key] = call.Verdict;
        return response;
    }

    // What a provider calls the raw answer, and what it adds, may hold the text that is blocked.
    private static ChatResponse Replace(ChatResponse response, HashSet<ChatMessage> bad, GuardedCall call) => new(
        [.. response.Messages.Select(message => bad.Contains(message) ? Refusals.InPlaceOf(message, call.Options) : WithoutRaw(message))])
    {
        ResponseId = response.ResponseId,
        ConversationId = response.ConversationId,
        ModelId = response.ModelId,
        CreatedAt = response.CreatedAt,
        FinishReason = ChatFinishReason.ContentFilter,
        Usage = response.Usage,
    };

    private static ChatMessage WithoutRaw(ChatMessage message)
    {
        ChatMessage copy = message.Clone();
        copy.RawRepresentation = null;
        return copy;
    }
}
