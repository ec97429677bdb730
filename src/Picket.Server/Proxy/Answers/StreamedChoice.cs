using System.Text;
using System.Text.Json;
using Picket.Chat;

namespace Picket.Server;

/// <summary>One choice of a stream, each of its texts with a guard of its own.</summary>
internal sealed class StreamedChoice(GuardedCall call, int index, bool repeats)
{
    private readonly Dictionary<string, Text> _texts = [];
    private readonly HashSet<string> _known = [];

    public int Index => index;

    /// <summary>Whether nothing more of it leaves.</summary>
    public bool Blocked { get; private set; }

    /// <summary>Whether its end has come.</summary>
    public bool Ended { get; private set; }

    /// <summary>Whether the client knows that it is blocked.</summary>
    public bool Told { get; set; }

    /// <summary>The first event of it that does not leave.</summary>
    public JsonElement? Lost { get; set; }

    /// <summary>Whether anything of its texts has left.</summary>
    public bool HasSpoken => _texts.Values.Any(static text => text.Guard.Released > 0);

    /// <summary>Takes what an event adds.</summary>
    /// <returns>What must have been let go before the event may leave.</returns>
    public async ValueTask<HeldChoice> AcceptAsync(AnswerChoice added, CancellationToken cancellationToken)
    {
        Ended |= added.Ends;
        if (Blocked)
        {
            return HeldChoice.Never(this);
        }

        bool isSafe = true;
        if (added.Repeats)
        {
            await FlushAsync(cancellationToken);
            isSafe = await AreSafeAsync(added.Pieces, cancellationToken);
        }
        else
        {
            await PushAsync(added.Pieces, cancellationToken);
        }

        if (added.Ends)
        {
            await FlushAsync(cancellationToken);
        }

        Blocked |= !isSafe || _texts.Values.Any(static text => text.Guard.Blocked);
        return isSafe ? new HeldChoice(this, [.. Needs()]) : HeldChoice.Never(this);
    }

    /// <summary>Lets go of all that is held, as far as it is safe.</summary>
    public ValueTask FlushAsync(CancellationToken cancellationToken) => FlushAsync([], cancellationToken);

    private IEnumerable<(StreamGuard Guard, long Length)> Needs() =>
        _texts.Values.Where(static text => text.Length > text.Guard.Released).Select(static text => (text.Guard, text.Length));

    // Events keep their order, so what is held of one text would hold up the others that follow it; those of one event go side by side.
    private async ValueTask PushAsync(IReadOnlyList<AnswerPiece> pieces, CancellationToken cancellationToken)
    {
        if (pieces.Count > 0)
        {
            await FlushAsync([.. pieces.Select(static piece => piece.Key)], cancellationToken);
        }

        foreach (AnswerPiece piece in pieces)
        {
            if (!_texts.TryGetValue(piece.Key, out Text? text))
            {
                _texts[piece.Key] = text = new Text(call.Start(piece.Part, $"{index}"));
            }

            text.Length += piece.Text.Length;
            text.IsGrown = true;
            if (repeats)
            {
                text.Whole.Append(piece.Text);
            }

            await text.Guard.PushAsync(piece.Text, cancellationToken);
        }
    }

    private async ValueTask FlushAsync(HashSet<string> but, CancellationToken cancellationToken)
    {
        foreach ((string key, Text text) in _texts)
        {
            // Not by what is held: in shadow mode nothing is, and its end is to be scored all the same.
            if (text.IsGrown && !but.Contains(key))
            {
                text.IsGrown = false;
                await text.Guard.FlushAsync(cancellationToken);
            }
        }

        Blocked |= _texts.Values.Any(static text => text.Guard.Blocked);
    }

    // What has been let go piece by piece may be said again.
    private async ValueTask<bool> AreSafeAsync(IReadOnlyList<AnswerPiece> pieces, CancellationToken cancellationToken)
    {
        if (Blocked)
        {
            return false;
        }

        _known.UnionWith(_texts.Values.Select(static text => text.Whole.ToString()));
        foreach (AnswerPiece piece in pieces)
        {
            if (_known.Add(piece.Text) && await call.IsBlockedAsync(piece.Part, piece.Text, $"{index}", cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    private sealed class Text(StreamGuard guard)
    {
        public StreamGuard Guard => guard;

        public StringBuilder Whole { get; } = new();

        public long Length { get; set; }

        /// <summary>Whether anything was added since it was let go to its end.</summary>
        public bool IsGrown { get; set; }
    }
}
