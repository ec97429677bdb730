using System.Text.Json;
using Picket.Chat;

namespace Picket.Server;

/// <summary>Checks an answer that is whole, by the same windows as one that is streamed.</summary>
internal static class WholeAnswer
{
    /// <summary>The choices that are blocked.</summary>
    /// <exception cref="RequestFault">It is no answer of the API.</exception>
    public static async ValueTask<IReadOnlySet<int>> BlockedAsync(
        ProxyProtocol protocol, JsonElement answer, GuardedCall call, CancellationToken cancellationToken)
    {
        var blocked = new HashSet<int>();
        foreach (AnswerChoice choice in Read(protocol, answer) ?? throw UpstreamFaults.Garbage("an answer of its API"))
        {
            foreach (IGrouping<string, AnswerPiece> text in choice.Pieces.GroupBy(static piece => piece.Key))
            {
                string whole = string.Concat(text.Select(static piece => piece.Text));
                if (await call.IsBlockedAsync(text.First().Part, whole, $"{choice.Index}", cancellationToken))
                {
                    blocked.Add(choice.Index);
                }
            }
        }

        return blocked;
    }

    private static IReadOnlyList<AnswerChoice>? Read(ProxyProtocol protocol, JsonElement answer)
    {
        try
        {
            return protocol.Choices(answer);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
