namespace Picket.Chat.Tests;

public sealed class ModerationGuardTests
{
    [Theory]
    [InlineData("""  "flagged":true,"unsafe_probability":0.25,"category_scores":{"hate":0.9}  """, 0.25)]
    [InlineData("""  "flagged":false,"category_scores":{"hate":0.2,"violence":0.7,"illicit":null}  """, 0.7)]
    [InlineData("""  "flagged":true,"category_scores":{}  """, 1)]
    [InlineData("""  "flagged":false  """, 0)]
    public async Task ScoreAsync_Result_GivesItsProbability(string fields, double expected) =>
        Assert.Equal(expected, await ModerationRun.ScoreAsync(new ScriptedServer(ScriptedServer.Result(fields))));

    [Fact]
    public async Task ScoreAsync_Prompt_IsTheInput()
    {
        using var server = new ScriptedServer(ScriptedServer.Result("\"flagged\":true"));

        await ModerationRun.ScoreAsync(server, input: new GuardInput("Brot für \"zwei\""));

        Assert.Equal("""{"input":"Brot für \"zwei\""}""", Assert.Single(server.Bodies));
        Assert.Equal((new Uri("https://guard.test/v1/moderations"), null), Assert.Single(server.Heads));
    }

    [Fact]
    public async Task ScoreAsync_Response_IsTheInputAndThePromptIsAnExtraField()
    {
        using var server = new ScriptedServer(ScriptedServer.Result("\"flagged\":true"));
        var options = new ModerationGuardOptions { Model = "large", ApiKey = "k-1" };

        await ModerationRun.ScoreAsync(server, options: options, input: new GuardInput("q", "a"));

        Assert.Equal("""{"model":"large","input":"a","prompt":"q"}""", Assert.Single(server.Bodies));
        Assert.Equal("Bearer k-1", Assert.Single(server.Heads).Authorization);
    }

    [Fact]
    public async Task ScoreAsync_HalfACharacter_IsSentAsTheReplacementCharacter()
    {
        using var server = new ScriptedServer(ScriptedServer.Result("\"flagged\":true"));

        await ModerationRun.ScoreAsync(server, input: new GuardInput("a\uD800b"));

        Assert.Equal("{\"input\":\"a\uFFFDb\"}", Assert.Single(server.Bodies));
    }

    [Fact]
    public async Task ScoreAsync_AnswersInAnyOrder_ScoresInTheOrderOfTheInputs()
    {
        var last = new TaskCompletionSource();
        using var server = new ScriptedServer(async (body, _, stop) =>
        {
            // The first input is answered after the last one.
            await (body.Contains("\"p0\"", StringComparison.Ordinal) ? last.Task.WaitAsync(stop) : Task.CompletedTask);
            string digit = body[^3..^2];
            if (digit == "7")
            {
                last.TrySetResult();
            }

            return ScriptedServer.Result($"\"unsafe_probability\":0.{digit}");
        });

        double[] scores = await ModerationRun.ScoreAllAsync(server, [.. Enumerable.Range(0, 8).Select(i => new GuardInput($"p{i}"))]);

        Assert.Equal([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7], scores);
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
            return ScriptedServer.Result("\"flagged\":true");
        });

        var options = new ModerationGuardOptions { MaxConcurrency = 3 };
        await ModerationRun.ScoreAllAsync(server, [.. Enumerable.Repeat(new GuardInput("p"), 60)], options: options);

        Assert.InRange(peak.Most, 1, 3);
    }

    [Fact]
    public async Task ScoreAsync_Cancelled_Stops()
    {
        using var caller = new CancellationTokenSource();
        using var server = new ScriptedServer(async (_, _, stop) =>
        {
            await caller.CancelAsync();
            await Task.Delay(Timeout.Infinite, stop);
            return ScriptedServer.Ok("");
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => ModerationRun.ScoreAllAsync(server, [new GuardInput("p")], stop: caller.Token));
    }

    [Theory]
    [InlineData("https://h.test", "https://h.test/v1/moderations")]
    [InlineData("http://h.test:8080/", "http://h.test:8080/v1/moderations")]
    [InlineData("https://h.test/guard/v1/", "https://h.test/guard/v1/moderations")]
    [InlineData("https://h.test/v1/moderations", "https://h.test/v1/moderations")]
    public async Task ScoreAsync_Address_GetsWhatIsMissing(string address, string expected)
    {
        using var server = new ScriptedServer(ScriptedServer.Result("\"flagged\":true"));
        using var http = new HttpClient(server);
        await using var guard = new ModerationGuard(new Uri(address), http);

        await guard.ScoreAsync([new GuardInput("p")], TestContext.Current.CancellationToken);

        Assert.Equal(new Uri(expected), Assert.Single(server.Heads).Address);
        Assert.Equal((new Uri(address).Authority, "remote"), (guard.Description.Name, guard.Description.Kind));
    }

    [Theory]
    [InlineData("ftp://h.test", "http:// or https://")]
    [InlineData("https://name:secret@h.test", "without user, query and fragment")]
    [InlineData("https://h.test/?key=secret", "without user, query and fragment")]
    public void Constructor_BadAddress_IsRefusedWithoutItsSecrets(string address, string expected)
    {
        using var http = new HttpClient();

        PicketException fault = Assert.Throws<PicketException>(() => new ModerationGuard(new Uri(address), http));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_BadOptions_AreToldTogetherWithoutTheKey()
    {
        using var http = new HttpClient();
        var options = new ModerationGuardOptions
        {
            ApiKey = "se\ncret",
            MaxConcurrency = 0,
            MaxRetries = -1,
            FirstDelay = TimeSpan.Zero,
            RequestTimeout = TimeSpan.Zero,
        };

        PicketException fault = Assert.Throws<PicketException>(() => new ModerationGuard(new Uri("https://h.test"), http, options));

        Assert.All(
            ["API key", "concurrency", "retries", "delays", "request timeout"],
            word => Assert.Contains(word, fault.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("cret", fault.Message, StringComparison.Ordinal);
    }
}
