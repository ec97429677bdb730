using Microsoft.Extensions.AI;

namespace Picket.Chat.Tests;

/// <summary>A guarded client over a scripted one, and what came of one call.</summary>
internal sealed class GuardedRun(params ChatResponseUpdate[] updates)
{
    public MarkerGuard Guard { get; init; } = new();

    public StreamedClient Client { get; } = new(updates);

    public List<ChatResponseUpdate> Left { get; } = [];

    public string Text => string.Concat(Left.Select(static update => update.Text));

    public ChatVerdict Verdict => Left[^1].Verdict() ?? throw new InvalidOperationException("no verdict on the last update");

    public static ChatResponseUpdate Say(string text, string? id = null) => new(ChatRole.Assistant, text) { MessageId = id };

    public static ChatResponseUpdate Say(params AIContent[] contents) => new(ChatRole.Assistant, contents);

    public static ChatResponseUpdate Finish(string? id = null) => new() { FinishReason = ChatFinishReason.Stop, MessageId = id };

    public Task<ChatResponse> AskAsync(GuardingOptions? options = null, params ChatMessage[] messages) => Client
        .WithGuard(Guard.Cascade(), options)
        .GetResponseAsync(Turns(messages), cancellationToken: TestContext.Current.CancellationToken);

    public async Task<GuardedRun> StreamAsync(GuardingOptions? options = null, params ChatMessage[] messages)
    {
        IChatClient client = Client.WithGuard(Guard.Cascade(), options);
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync(
            Turns(messages), cancellationToken: TestContext.Current.CancellationToken))
        {
            Left.Add(update);
        }

        return this;
    }

    private static ChatMessage[] Turns(ChatMessage[] messages) => messages.Length > 0 ? messages : [new ChatMessage(ChatRole.User, "How?")];
}
