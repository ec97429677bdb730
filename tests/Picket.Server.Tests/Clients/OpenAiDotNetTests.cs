using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Moderations;
using static Picket.Server.Tests.ProxyRun;
using static Picket.Server.Tests.ScriptedUpstream;

namespace Picket.Server.Tests;

/// <summary>OpenAI's .NET package against a running server.</summary>
public sealed class OpenAiDotNetTests
{
    private static readonly ApiKeyCredential Key = new("none");

    [Fact]
    public async Task Moderations_SeveralTexts_AreFlaggedEach()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        var client = new ModerationClient("m", Key, Options(server));

        ModerationResultCollection results = await client.ClassifyTextAsync(["fine", "crime"], TestContext.Current.CancellationToken);

        Assert.Equal([false, true], results.Select(static result => result.Flagged));
        Assert.Equal((true, false), (results[1].Illicit.Flagged, results[1].Violence.Flagged));
        Assert.Equal(0.95f, results[1].Illicit.Score, 0.001);
    }

    [Fact]
    public async Task Chat_SafeAnswer_IsRead()
    {
        await using ProxyRun run = await StartAsync(Json(Said("\"content\":\"flour\"")));

        ChatCompletion answer = await Chat(run).CompleteChatAsync([new UserChatMessage("fine")], null, TestContext.Current.CancellationToken);

        Assert.Equal(("flour", ChatFinishReason.Stop), (answer.Content[0].Text, answer.FinishReason));
    }

    [Theory]
    [InlineData("bad", "flour")]
    [InlineData("fine", "bad")]
    public async Task Chat_Blocked_IsABadRequestWithTheFiltersCode(string prompt, string answer)
    {
        await using ProxyRun run = await StartAsync(Json(Said($"\"content\":\"{answer}\"")));

        ClientResultException fault = await Assert.ThrowsAsync<ClientResultException>(
            () => Chat(run).CompleteChatAsync([new UserChatMessage(prompt)], null, TestContext.Current.CancellationToken));

        Assert.Equal(400, fault.Status);
        Assert.Contains("content_filter", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_BlockedWithARefusal_IsReadAsOne()
    {
        await using ProxyRun run = await StartAsync(Json(Said("\"content\":\"bad\"")), Refusal(), Policy("RefusalText", "no"));

        ChatCompletion answer = await Chat(run).CompleteChatAsync([new UserChatMessage("fine")], null, TestContext.Current.CancellationToken);

        Assert.Equal(("no", ChatFinishReason.ContentFilter), (answer.Content[0].Text, answer.FinishReason));
    }

    [Theory]
    [InlineData("flour", "flour", ChatFinishReason.Stop)]
    [InlineData("bad", "", ChatFinishReason.ContentFilter)]
    public async Task Stream_AnyAnswer_EndsWithItsReason(string answer, string text, ChatFinishReason reason)
    {
        await using ProxyRun run = await StartAsync(Stream([Chunk("\"role\":\"assistant\""), Says(answer), Stops(), Usage, Done]));

        (string said, ChatFinishReason? finish) = await ReadAsync(run);

        Assert.Equal((text, reason), (said, finish));
    }

    [Fact]
    public async Task Stream_RefusedPrompt_IsRead()
    {
        await using ProxyRun run = await StartAsync(Stream([Done]), Refusal(), Policy("RefusalText", "no"));

        Assert.Equal(("no", ChatFinishReason.ContentFilter), await ReadAsync(run, "bad"));
    }

    private static async Task<(string Text, ChatFinishReason? Finish)> ReadAsync(ProxyRun run, string prompt = "fine")
    {
        string text = "";
        ChatFinishReason? finish = null;
        await foreach (StreamingChatCompletionUpdate update in Chat(run).CompleteChatStreamingAsync(
            [new UserChatMessage(prompt)], null, TestContext.Current.CancellationToken))
        {
            text += string.Concat(update.ContentUpdate.Select(static part => part.Text));
            finish = update.FinishReason ?? finish;
        }

        return (text, finish);
    }

    private static ChatClient Chat(ProxyRun run) => new("m", Key, Options(run.Server));

    private static OpenAIClientOptions Options(RunningServer server) =>
        new() { Endpoint = new Uri(server.Address, "v1"), RetryPolicy = new ClientRetryPolicy(0) };
}
