using System.Text;
using System.Text.Json;
using Picket.Chat;

namespace Picket.Server;

/// <summary>
/// Holds the events of a stream back until all their texts were found safe; they leave in their order and, unless a choice of them is blocked,
/// as they came.
/// </summary>
internal sealed class AnswerStream(ProxyProtocol protocol, ProxyRequest request, GuardedCall call, string refusal)
{
    private readonly Queue<(SseEvent Event, JsonElement? Message, IReadOnlyList<HeldChoice> Choices)> _held = [];
    private readonly SortedDictionary<int, StreamedChoice> _choices = [];
    private readonly StreamRemarks _remarks = new(call);
    private JsonElement? _first;

    /// <summary>Whether the upstream has said all there is to say.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Whether every choice that was asked for has come to an end, one of them by a block, and nothing else is waited for.</summary>
    public bool IsOver => AreAllOver && !request.WantsUsage;

    private bool AreAllOver => _choices.Values.Any(static choice => choice.Blocked) && _choices.Count >= request.Choices
        && _choices.Values.All(static choice => choice.Blocked || choice.Ended);

    /// <summary>Takes the next event.</summary>
    /// <returns>What may leave.</returns>
    /// <exception cref="RequestFault">It is nothing of the API.</exception>
    public async ValueTask<byte[]> AcceptAsync(SseEvent next, CancellationToken cancellationToken)
    {
        await _remarks.CheckAsync(next.Comment, cancellationToken);
        if (next.Data is null)
        {
            _held.Enqueue((next, null, []));
        }
        else if (next.Data.Trim() == "[DONE]")
        {
            IsComplete = true;
            await FlushAsync(cancellationToken);
            _held.Enqueue((next, null, []));
        }
        else
        {
            JsonElement message = Parse(next.Data);
            _first ??= message;
            _held.Enqueue((next, message, await ChoicesAsync(message, cancellationToken)));
        }

        return Settle();
    }

    /// <summary>Lets go of what is held at the end of the upstream's stream.</summary>
    /// <param name="isWhole">Whether the upstream ended it in order.</param>
    /// <param name="cancellationToken">Of the client.</param>
    /// <returns>What may leave, and whether the client has a whole answer with it.</returns>
    public async ValueTask<(byte[] Bytes, bool IsWhole)> EndAsync(bool isWhole, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        byte[] bytes = Settle();
        if (IsComplete)
        {
            return (bytes, true);
        }

        return AreAllOver
            ? ([.. bytes, .. Encoding.UTF8.GetBytes(protocol.Done)], true)
            : (bytes, isWhole && _choices.Count > 0 && _choices.Values.All(static choice => choice.Blocked || choice.Ended));
    }

    private static JsonElement Parse(string data)
    {
        try
        {
            using var document = JsonDocument.Parse(data);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw UpstreamFaults.Garbage("events of JSON");
        }
    }

    private async ValueTask<IReadOnlyList<HeldChoice>> ChoicesAsync(JsonElement message, CancellationToken cancellationToken)
    {
        IReadOnlyList<AnswerChoice>? added = Read(message);
        bool isError = await _remarks.IsErrorAsync(message, cancellationToken);
        if (added is null)
        {
            // An error in the middle of a stream takes the place of what was to come.
            IsComplete = isError;
            return isError ? [] : throw UpstreamFaults.Garbage("events of its API");
        }

        var held = new List<HeldChoice>(added.Count);
        foreach (AnswerChoice one in added)
        {
            if (!_choices.TryGetValue(one.Index, out StreamedChoice? choice))
            {
                _choices[one.Index] = choice = new StreamedChoice(call, one.Index, protocol.Repeats);
            }

            held.Add(await choice.AcceptAsync(one, cancellationToken));
        }

        return held;
    }

    private IReadOnlyList<AnswerChoice>? Read(JsonElement message)
    {
        try
        {
            return protocol.Choices(message);
        }
        catch (InvalidOperationException)
        {
            // A field of another kind than the API has there.
            return null;
        }
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        foreach (StreamedChoice choice in _choices.Values)
        {
            await choice.FlushAsync(cancellationToken);
        }
    }

    private byte[] Settle()
    {
        var leaving = new List<byte>();
        while (_held.TryPeek(out var next) && next.Choices.All(static choice => choice.IsSafe || choice.IsLost))
        {
            _held.Dequeue();
            StreamedChoice[] lost = [.. next.Choices.Where(static choice => choice.IsLost).Select(static choice => choice.Choice)];
            leaving.AddRange(lost.Length == 0 ? next.Event.Raw.Span : Without(next.Message!.Value, lost));
        }

        return [.. leaving];
    }

    private byte[] Without(JsonElement message, StreamedChoice[] lost)
    {
        bool isWorth = false;
        byte[] rest = JsonBytes.Of(json => isWorth = protocol.WriteWithout(json, message, lost.Select(static choice => choice.Index).ToHashSet()));
        var bytes = new List<byte>();
        if (isWorth)
        {
            bytes.AddRange(new SseMessage("", rest).Bytes());
        }

        foreach (StreamedChoice choice in lost.Where(static choice => !choice.Told))
        {
            choice.Told = true;
            string said = refusal.Length > 0 && choice.HasSpoken ? $"\n\n{refusal}" : refusal;
            foreach (SseMessage last in protocol.BlockedEnd(_first ?? message, message, choice.Index, said))
            {
                bytes.AddRange(last.Bytes());
            }
        }

        return [.. bytes];
    }
}
