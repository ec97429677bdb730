using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Picket.Chat;

/// <summary>Checks what goes into a chat client and what comes out of it, on both ways out.</summary>
/// <remarks>Safe to call from several threads, as far as the inner client is. Disposes the inner client, and not the cascade.</remarks>
internal sealed class GuardingChatClient(IChatClient inner, GuardCascade cascade, GuardingOptions options) : DelegatingChatClient(inner)
{
    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? chatOptions = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] turns = [.. messages];
        GuardedCall call = Call(turns, chatOptions);
        if (await call.IsPromptBlockedAsync(cancellationToken))
        {
            return Refusals.OfPrompt(call);
        }

        ChatResponse response = await base.GetResponseAsync(turns, chatOptions, cancellationToken);
        if (options.ChecksAnswers)
        {
            return await WholeAnswer.CheckAsync(call, response, cancellationToken);
        }

        (response.AdditionalProperties ??= [])[ChatVerdict.Key] = call.Verdict;
        return response;
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? chatOptions = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatMessage[] turns = [.. messages];
        GuardedCall call = Call(turns, chatOptions);
        if (await call.IsPromptBlockedAsync(cancellationToken))
        {
            yield return Refusals.OfPromptInStream(call);
            yield break;
        }

        IAsyncEnumerable<ChatResponseUpdate> answer = base.GetStreamingResponseAsync(turns, chatOptions, cancellationToken);
        await foreach (ChatResponseUpdate update in new StreamedAnswer(call).CheckAsync(answer, cancellationToken))
        {
            yield return update;
        }
    }

    private GuardedCall Call(ChatMessage[] turns, ChatOptions? chatOptions) =>
        new(cascade, options, new PromptParts(turns, chatOptions?.Instructions, options.InputScope));
}
