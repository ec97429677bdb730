using Microsoft.Extensions.AI;
using Picket.Chat;

namespace Picket.Samples.Chat;

/// <summary>Asks line by line and shows each answer as it is let go.</summary>
public static class Conversation
{
    public static async Task RunAsync(IChatClient client, TextReader input, TextWriter output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        var messages = new List<ChatMessage>();
        while (await input.ReadLineAsync(cancellationToken) is { Length: > 0 } line)
        {
            messages.Add(new ChatMessage(ChatRole.User, line));
            var updates = new List<ChatResponseUpdate>();
            await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync(messages, cancellationToken: cancellationToken))
            {
                updates.Add(update);
                await output.WriteAsync(update.Text);
            }

            bool isBlocked = updates[^1].Verdict() is { Blocked: true };
            await output.WriteLineAsync(isBlocked ? "\n[blocked by the guard]" : "");
            if (isBlocked)
            {
                // What was blocked stays out of the conversation.
                messages.RemoveAt(messages.Count - 1);
            }
            else
            {
                messages.AddMessages(updates);
            }
        }
    }
}
