using Microsoft.Extensions.AI;

namespace Picket.Chat;

/// <summary>
/// One message or choice of a stream. Its updates leave as they came, whole and in their order, each as soon as all its text may go.
/// </summary>
internal sealed class StreamedMessage(GuardedCall call, string? id)
{
    private readonly Queue<(ChatResponseUpdate Update, long Text, long Reasoning)> _waiting = [];
    private StreamGuard? _text;
    private StreamGuard? _reasoning;
    private ChatResponseUpdate? _last;
    private long _textLength;
    private long _reasoningLength;
    private bool _hasBadWhole;
    private bool _hasSpoken;

    /// <summary>Whether nothing more of it leaves.</summary>
    public bool Blocked { get; private set; }

    /// <summary>Whether its end has come.</summary>
    public bool Finished { get; private set; }

    /// <summary>Takes an update and adds those that may leave now.</summary>
    public async ValueTask AcceptAsync(ChatResponseUpdate update, List<ChatResponseUpdate> leaving, CancellationToken cancellationToken)
    {
        if (Blocked)
        {
            AddUsage(update, leaving);
            return;
        }

        _last = update;
        call.Unscored += update.Contents.Count(ContentTexts.IsUnscored);
        foreach (PartText piece in update.Contents.Select(ContentTexts.Piece).OfType<PartText>())
        {
            await PushAsync(piece, cancellationToken);
        }

        foreach (PartText whole in update.Contents.Select(ContentTexts.Whole).OfType<PartText>())
        {
            _hasBadWhole |= await call.IsBlockedAsync(whole.Part, whole.Text, id, cancellationToken);
        }

        _waiting.Enqueue((update, _hasBadWhole ? long.MaxValue : _textLength, _reasoningLength));
        Finished |= update.FinishReason is not null;
        if (update.FinishReason is not null)
        {
            await FlushAsync(leaving, cancellationToken);
        }
        else
        {
            Settle(update, leaving);
        }
    }

    /// <summary>Lets go of all that is held, as far as it is safe.</summary>
    public async ValueTask FlushAsync(List<ChatResponseUpdate> leaving, CancellationToken cancellationToken)
    {
        if (Blocked || _last is null)
        {
            return;
        }

        await FlushAsync(_reasoning, cancellationToken);
        await FlushAsync(_text, cancellationToken);
        Settle(_last, leaving);
    }

    private static async ValueTask FlushAsync(StreamGuard? guard, CancellationToken cancellationToken)
    {
        if (guard is not null)
        {
            await guard.FlushAsync(cancellationToken);
        }
    }

    // Updates keep their order, so what is held of the reasoning would hold the answer up that follows it, and the other way round.
    private async ValueTask PushAsync(PartText piece, CancellationToken cancellationToken)
    {
        if (piece.Text.Length == 0)
        {
            return;
        }

        if (piece.Part == GuardedPart.Reasoning)
        {
            await FlushAsync(_text, cancellationToken);
            _reasoningLength += piece.Text.Length;
            await (_reasoning ??= call.Start(GuardedPart.Reasoning, id)).PushAsync(piece.Text, cancellationToken);
        }
        else
        {
            await FlushAsync(_reasoning, cancellationToken);
            _textLength += piece.Text.Length;
            await (_text ??= call.Start(GuardedPart.Text, id)).PushAsync(piece.Text, cancellationToken);
        }
    }

    private void Settle(ChatResponseUpdate last, List<ChatResponseUpdate> leaving)
    {
        while (_waiting.TryPeek(out (ChatResponseUpdate Update, long Text, long Reasoning) next)
            && next.Text <= (_text?.Released ?? 0) && next.Reasoning <= (_reasoning?.Released ?? 0))
        {
            _hasSpoken |= next.Update.Contents.OfType<TextContent>().Any();
            leaving.Add(_waiting.Dequeue().Update);
        }

        if (!_hasBadWhole && _text is not { Blocked: true } && _reasoning is not { Blocked: true })
        {
            return;
        }

        Blocked = true;
        foreach ((ChatResponseUpdate update, _, _) in _waiting)
        {
            AddUsage(update, leaving);
        }

        _waiting.Clear();
        if (call.Options.Blocked == BlockedAnswer.Refusal)
        {
            leaving.Add(Refusals.After(last, id, call.Options, _hasSpoken));
        }
    }

    private void AddUsage(ChatResponseUpdate update, List<ChatResponseUpdate> leaving)
    {
        UsageContent[] usage = [.. update.Contents.OfType<UsageContent>()];
        if (usage.Length > 0)
        {
            ChatResponseUpdate stripped = Refusals.Beside(update, id);
            stripped.Contents = [.. usage];
            leaving.Add(stripped);
        }
    }
}
