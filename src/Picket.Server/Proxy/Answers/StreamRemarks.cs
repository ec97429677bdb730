using System.Text.Json;
using Picket.Chat;

namespace Picket.Server;

/// <summary>Checks what a stream says beside its choices: comments, and errors in the place of what was to come.</summary>
internal sealed class StreamRemarks(GuardedCall call)
{
    private readonly HashSet<string> _comments = [""];

    /// <summary>Checks a comment. No client shows it, and servers repeat theirs.</summary>
    /// <exception cref="RequestFault">It is unsafe.</exception>
    public async ValueTask CheckAsync(string comment, CancellationToken cancellationToken)
    {
        if (_comments.Add(comment) && await call.IsBlockedAsync(GuardedPart.Text, comment, messageId: null, cancellationToken))
        {
            throw UpstreamFaults.Garbage("safe comments");
        }
    }

    /// <summary>Whether an event has an error. What that says is shown to people like an answer, and is checked like one.</summary>
    /// <exception cref="RequestFault">It is unsafe.</exception>
    public async ValueTask<bool> IsErrorAsync(JsonElement message, CancellationToken cancellationToken)
    {
        if (message.ValueKind != JsonValueKind.Object || !message.TryGetProperty("error", out JsonElement error))
        {
            return false;
        }

        var pieces = new List<AnswerPiece>();
        AnswerTexts.Add(error, "error", pieces);
        foreach (AnswerPiece piece in pieces)
        {
            if (await call.IsBlockedAsync(piece.Part, piece.Text, messageId: null, cancellationToken))
            {
                throw UpstreamFaults.Garbage("a safe error");
            }
        }

        return true;
    }
}
