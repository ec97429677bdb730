using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Picket.Chat;

/// <summary>Checks an answer that is streamed, each of its messages or choices by itself.</summary>
/// <remarks>
/// Updates of one message have one id; an update without one belongs to the message before it. A message's rest goes with its finish reason, a
/// tool's result (which the model only gets when it has finished) or the end of the stream.
/// </remarks>
internal sealed class StreamedAnswer(GuardedCall call)
{
    private readonly Dictionary<string, StreamedMessage> _byId = [];
    private readonly List<StreamedMessage> _messages = [];
    private ChatResponseUpdate? _last;
    private string _id = "";

    private bool IsBlocked => _messages.Exists(static message => message.Blocked);

    // Whether there is no reason to read on.
    private bool IsOver =>
        IsBlocked && !call.Options.ReadsOnAfterBlock && _messages.TrueForAll(static message => message.Blocked || message.Finished);

    /// <summary>What may leave of <paramref name="updates"/>, and at the end an update without contents that carries the verdict.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> CheckAsync(
        IAsyncEnumerable<ChatResponseUpdate> updates, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<ChatResponseUpdate> leaving = [];
        await foreach (ChatResponseUpdate update in updates.WithCancellation(cancellationToken))
        {
            if (call.Options.Shadow || !call.Options.ChecksAnswers)
            {
                // What is never blocked has no reason to wait for its score.
                yield return update;
            }

            await AcceptAsync(update, leaving, cancellationToken);
            foreach (ChatResponseUpdate one in Take(leaving))
            {
                yield return one;
            }

            ThrowIfWanted();
            if (IsOver)
            {
                break;
            }
        }

        await FlushAsync(leaving, cancellationToken);
        foreach (ChatResponseUpdate one in Take(leaving))
        {
            yield return one;
        }

        ThrowIfWanted();
        yield return End();
    }

    private static bool IsToolResult(ChatResponseUpdate update) =>
        update.Role == ChatRole.Tool || update.Contents.Any(static content => content is FunctionResultContent);

    private async ValueTask AcceptAsync(ChatResponseUpdate update, List<ChatResponseUpdate> leaving, CancellationToken cancellationToken)
    {
        _last = update;
        if (!call.Options.ChecksAnswers)
        {
            return;
        }

        if (IsToolResult(update))
        {
            await FlushAsync(leaving, cancellationToken);
        }

        await Message(update).AcceptAsync(update, leaving, cancellationToken);
    }

    private async ValueTask FlushAsync(List<ChatResponseUpdate> leaving, CancellationToken cancellationToken)
    {
        foreach (StreamedMessage message in _messages)
        {
            await message.FlushAsync(leaving, cancellationToken);
        }
    }

    private ChatResponseUpdate[] Take(List<ChatResponseUpdate> leaving)
    {
        ChatResponseUpdate[] taken = call.Options.Shadow ? [] : [.. leaving];
        leaving.Clear();
        return taken;
    }

    private void ThrowIfWanted()
    {
        if (IsBlocked)
        {
            call.ThrowIfWanted();
        }
    }

    private ChatResponseUpdate End()
    {
        ChatResponseUpdate end = Refusals.Beside(_last ?? new ChatResponseUpdate(), _last?.MessageId);
        end.FinishReason = IsBlocked ? ChatFinishReason.ContentFilter : null;
        end.AdditionalProperties = new() { [ChatVerdict.Key] = call.Verdict };
        return end;
    }

    private StreamedMessage Message(ChatResponseUpdate update)
    {
        _id = update.MessageId ?? _id;
        if (!_byId.TryGetValue(_id, out StreamedMessage? message))
        {
            message = new StreamedMessage(call, update.MessageId);
            _byId.Add(_id, message);
            _messages.Add(message);
        }

        return message;
    }
}
