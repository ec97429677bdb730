using Microsoft.Extensions.AI;

namespace Picket.Chat;

/// <summary>Puts guards and defences around chat clients.</summary>
public static class GuardingExtensions
{
    /// <summary>
    /// Checks every prompt before the model is asked and every answer before the caller gets it, whole or streamed, with the last user turn as
    /// its context.
    /// </summary>
    /// <remarks>
    /// <para>A blocked prompt never reaches the model. Of an answer are checked text, reasoning, tool calls, tool results and a model's own
    /// refusals, each message or choice by itself and, whole or streamed, in the same windows; contents that are no text go through and are
    /// counted (<see cref="ChatVerdict.Unscored"/>). What is found stands on the response, and on the last update of a stream,
    /// which is added for it: see <see cref="Verdict(ChatResponse)"/>.
    /// </para>
    /// <para>A blocked message of a whole answer is replaced; the others and the usage stay. In a stream text is held back as
    /// <see cref="StreamGuard"/> promises; updates leave as they came and whole. Text is let go without waiting for more of it only with the
    /// finish reason, a tool's result, the end, or where answer and reasoning take turns. After a block the inner stream is disposed, also
    /// when the caller stops reading.</para>
    /// <para>Around a client that adds to the prompt (<see cref="WithBiasDefense"/>) this one belongs outside, so that it sees what the user
    /// wrote; inside one that calls tools, so that a blocked call is never made and results are seen.</para>
    /// </remarks>
    /// <param name="client">The client; disposed with the one returned.</param>
    /// <param name="cascade">Judges; the caller's to dispose, after the client.</param>
    /// <param name="options">Read once; the defaults when <see langword="null"/>.</param>
    /// <exception cref="PicketException">An option is out of range; the message names every fault.</exception>
    public static IChatClient WithGuard(this IChatClient client, GuardCascade cascade, GuardingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(cascade);
        options ??= new GuardingOptions();
        options.Check("chat guard");
        return new GuardingChatClient(client, cascade, options);
    }

    /// <summary>
    /// Puts BiasDefense around every request (METHODS.md section 3.3): a system prompt, which follows one that is there, and a suffix after the
    /// last user message. The caller's messages are not changed.
    /// </summary>
    /// <param name="client">The client; disposed with the one returned.</param>
    /// <param name="options">Read once; the defaults when <see langword="null"/>.</param>
    /// <exception cref="PicketException">An option is out of range; the message names every fault.</exception>
    public static IChatClient WithBiasDefense(this IChatClient client, BiasDefenseOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        return new BiasDefenseChatClient(client, new BiasDefenseWording(options));
    }

    /// <summary>What a guard around the client found; <see langword="null"/> when there was none.</summary>
    public static ChatVerdict? Verdict(this ChatResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return Verdict(response.AdditionalProperties);
    }

    /// <summary>What a guard around the client found; <see langword="null"/> for every update of a stream but the last.</summary>
    public static ChatVerdict? Verdict(this ChatResponseUpdate update)
    {
        ArgumentNullException.ThrowIfNull(update);
        return Verdict(update.AdditionalProperties);
    }

    private static ChatVerdict? Verdict(AdditionalPropertiesDictionary? properties) =>
        properties is not null && properties.TryGetValue(ChatVerdict.Key, out object? value) ? value as ChatVerdict : null;
}
