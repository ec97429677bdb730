using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Picket.Chat.Tests;

/// <summary>A chat client by hand that answers with the same updates each time, and tells how far they were read.</summary>
internal sealed class StreamedClient(params ChatResponseUpdate[] updates) : IChatClient
{
    public int Read { get; private set; }

    public bool IsStreamDisposed { get; private set; }

    public List<ChatMessage> Asked { get; } = [];

    public ChatOptions? Options { get; private set; }

    public bool IsDisposed { get; private set; }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        (Read, Options) = (updates.Length, options);
        Asked.AddRange(messages);
        return Task.FromResult(updates.ToChatResponse());
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Options = options;
        Asked.AddRange(messages);
        try
        {
            foreach (ChatResponseUpdate update in updates)
            {
                await Task.CompletedTask;
                cancellationToken.ThrowIfCancellationRequested();
                Read++;
                yield return update;
            }
        }
        finally
        {
            IsStreamDisposed = true;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() => IsDisposed = true;
}
