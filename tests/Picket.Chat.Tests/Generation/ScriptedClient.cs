using Microsoft.Extensions.AI;

namespace Picket.Chat.Tests;

/// <summary>A chat client by hand: answers by a script, which gets the messages and the number of the request, from 0.</summary>
internal sealed class ScriptedClient(Func<IReadOnlyList<ChatMessage>, int, CancellationToken, Task<ChatResponse>> answer) : IChatClient
{
    private int _requests;

    public string Asked { get; private set; } = "";

    public ChatOptions? Options { get; private set; }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] all = [.. messages];
        Asked = string.Join('|', all.Select(message => $"{message.Role}: {message.Text}"));
        Options = options;
        return answer(all, _requests++, cancellationToken);
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("scripted", new Uri("https://client.test")) : null;

    public void Dispose()
    {
    }
}
