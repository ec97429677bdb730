using System.Net;

namespace Picket.Chat.Tests;

public sealed class ChatCompletionGuardFaultTests
{
    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.UnprocessableEntity)]
    public async Task ScoreAsync_ServerThatRefusesLogprobs_IsAskedWithoutFromThenOn(HttpStatusCode status)
    {
        using var server = new ScriptedServer((body, _, _) => Task.FromResult(body.Contains("logprobs", StringComparison.Ordinal)
            ? new HttpResponseMessage(status)
            : ChatGuardRun.Chat("unsafe")));
        var options = new ChatGuardOptions { MaxConcurrency = 1 };

        IReadOnlyList<GuardScore> scores = await ChatGuardRun.ScoreAllAsync(server, [new("a"), new("b")], options: options);

        Assert.All(scores, score => Assert.True(score.FromText));
        Assert.Equal(3, server.Bodies.Count);
    }

    [Fact]
    public async Task ScoreAsync_BadRequestAsItIs_IsTold()
    {
        using var server = new ScriptedServer((_, _, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.BadRequest)));

        Assert.EndsWith("chat/completions: expected HTTP status 200, found 400 (BadRequest)", await FailAsync(server), StringComparison.Ordinal);
        Assert.Equal(2, server.Bodies.Count);
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task ScoreAsync_FaultThatPasses_IsTriedAgain(HttpStatusCode status)
    {
        using var server = new ScriptedServer(new HttpResponseMessage(status), ScriptedServer.Ok("{\"cho"), ChatGuardRun.Chat("unsafe"));

        Assert.Equal(1, (await ChatGuardRun.ScoreAsync(server)).UnsafeProbability);
    }

    [Theory]
    [InlineData("{\"cho", "expected an answer, found none; gave up after 3 tries")]
    [InlineData("{\"choices\":[{\"message\":{\"content\":\"I like bread\"}}]}",
        "expected an answer of the guard template llama-guard-3 with 'safe' or 'unsafe'; found another; is it the model's template?")]
    [InlineData("{\"choices\":[{\"message\":{\"content\":\"\"}}]}",
        "expected an answer of the guard template llama-guard-3 with 'safe' or 'unsafe'; found another; is it the model's template?")]
    public async Task ScoreAsync_OtherAnswer_IsToldWithoutQuotingIt(string body, string expected)
    {
        using var server = new ScriptedServer((_, _, _) => Task.FromResult(ScriptedServer.Ok(body)));

        Assert.EndsWith(expected, await FailAsync(server), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ScoreAsync_ServerThatNeverAnswers_IsNamed()
    {
        using var server = new ScriptedServer(async (_, _, stop) =>
        {
            await Task.Delay(Timeout.Infinite, stop);
            return ScriptedServer.Ok("");
        });

        string message = await FailAsync(server, new HurriedClock(ChatGuardRun.Timeout, timesOut: true));

        Assert.Equal(
            "https://guard.test/v1/chat/completions: expected an answer within 7 s, found none; gave up after 3 tries", message);
    }

    [Fact]
    public async Task ScoreAsync_ManyInputs_KeepsToTheConcurrency()
    {
        var peak = new Peak();
        using var server = new ScriptedServer(async (_, _, _) =>
        {
            peak.Enter();
            await Task.Yield();
            peak.Leave();
            return ChatGuardRun.Completion(("No", 0.9, "Yes", 0.1));
        });

        // Four requests an input: the limit is of requests.
        await ChatGuardRun.ScoreAllAsync(
            server, [.. Enumerable.Repeat(new GuardInput("p"), 20)], GuardTemplates.ShieldGemma, new ChatGuardOptions { MaxConcurrency = 3 });

        Assert.InRange(peak.Most, 1, 3);
        Assert.Equal(80, server.Bodies.Count);
    }

    [Fact]
    public void Constructor_FamilyWithoutAChatTemplate_IsRefused()
    {
        using var http = new HttpClient();

        PicketException fault = Assert.Throws<PicketException>(() => new ChatCompletionGuard(
            new Uri("https://h.test"), http, GuardTemplates.WildGuard, new ChatGuardOptions { Service = GuardService.Chat }));

        Assert.Equal("guard template wildguard: expected the service completions, found chat, for which it has no template", fault.Message);
    }

    [Fact]
    public void Constructor_BadOptions_AreToldTogetherWithoutTheKey()
    {
        using var http = new HttpClient();
        var options = new ChatGuardOptions { ApiKey = "se cret", TopLogprobs = 1 };

        PicketException fault = Assert.Throws<PicketException>(
            () => new ChatCompletionGuard(new Uri("https://h.test"), http, GuardTemplates.LlamaGuard3, options));

        Assert.Contains("API key", fault.Message, StringComparison.Ordinal);
        Assert.Contains("top logprobs: expected 2 to 100, found 1", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("cret", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<string> FailAsync(ScriptedServer server, HurriedClock? clock = null)
    {
        PicketException fault = await Assert.ThrowsAsync<PicketException>(() => ChatGuardRun.ScoreAsync(server, clock: clock));
        Assert.DoesNotContain("bread", fault.ToString(), StringComparison.Ordinal);
        return fault.Message;
    }
}
