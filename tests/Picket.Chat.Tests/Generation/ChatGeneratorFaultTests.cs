using System.Net;

namespace Picket.Chat.Tests;

public sealed class ChatGeneratorFaultTests
{
    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task GenerateAsync_FaultThatPasses_IsTriedAgain(HttpStatusCode status)
    {
        var clock = new HurriedClock(GeneratorRun.Timeout);
        using var server = new ScriptedServer(new HttpResponseMessage(status), GeneratorRun.Chat("x"));

        Assert.Equal("x", (await GeneratorRun.AskAsync(server, clock: clock)).Text);
        Assert.Single(clock.Waits);
    }

    [Theory]
    [InlineData("{\"choices\":[{\"mess")]
    [InlineData("<html>bread</html>")]
    [InlineData("{\"choices\":[]}")]
    [InlineData("{\"choices\":[{\"message\":{\"content\":1}}]}")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task GenerateAsync_BrokenAnswer_IsTriedAgainAndThenTold(string body)
    {
        using var once = new ScriptedServer(ScriptedServer.Ok(body), GeneratorRun.Chat("x"));
        using var always = new ScriptedServer((_, _, _) => Task.FromResult(ScriptedServer.Ok(body)));

        Assert.Equal("x", (await GeneratorRun.AskAsync(once)).Text);
        Assert.Equal(new Generation("", GenerationFinish.Broken), await GeneratorRun.AskAsync(always));
        Assert.Equal(3, always.Bodies.Count);
    }

    [Fact]
    public async Task GenerateAsync_CutAnswer_IsTriedAgainAndThenTold()
    {
        using var once = new ScriptedServer(Cut(), GeneratorRun.Chat("x"));
        using var always = new ScriptedServer((_, _, _) => Task.FromResult(Cut()));

        Assert.Equal("x", (await GeneratorRun.AskAsync(once)).Text);
        Assert.Equal(new Generation("", GenerationFinish.Cut), await GeneratorRun.AskAsync(always));
        Assert.Equal(3, always.Bodies.Count);
    }

    [Fact]
    public async Task GenerateAsync_FilteredRequest_IsAFinishAndNoFault()
    {
        using var refusal = new HttpResponseMessage(HttpStatusCode.BadRequest);
        refusal.Content = new StringContent("""{"error":{"code":"content_filter","message":"bread"}}""");
        using var server = new ScriptedServer(refusal);

        Assert.Equal(new Generation("", GenerationFinish.Filtered), await GeneratorRun.AskAsync(server));
    }

    [Fact]
    public async Task GenerateAsync_ServerThatNeverAnswers_IsNamed()
    {
        var clock = new HurriedClock(GeneratorRun.Timeout, timesOut: true);
        using var server = new ScriptedServer(async (_, _, stop) =>
        {
            await Task.Delay(Timeout.Infinite, stop);
            return ScriptedServer.Ok("");
        });

        Assert.Equal(
            "https://llm.test/v1/chat/completions: expected an answer within 7 s, found none; gave up after 3 tries",
            await GeneratorRun.FailAsync(server, clock));
    }

    [Fact]
    public async Task GenerateAsync_OtherService_IsTold()
    {
        using var server = new ScriptedServer(new HttpResponseMessage(HttpStatusCode.NotFound) { Content = new StringContent("no bread here") });

        Assert.EndsWith(
            "found 404 (NotFound); there is no chat completion service at this address",
            await GeneratorRun.FailAsync(server),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task GenerateAsync_ManyRequests_ReachTheConcurrencyAndNeverPassIt()
    {
        const int Limit = 64;
        var peak = new Peak();
        var full = new TaskCompletionSource();
        using var server = new ScriptedServer(async (_, _, stop) =>
        {
            if (peak.Enter() == Limit)
            {
                full.TrySetResult();
            }

            // Nobody is answered before as many wait as may: fewer than that would never end.
            await full.Task.WaitAsync(stop);
            await Task.Yield();
            peak.Leave();
            return GeneratorRun.Chat("x");
        });

        using var http = new HttpClient(server);
        await using var generator = new ChatGenerator(
            GeneratorRun.Server, http, PrefixStyle.PrefixField, new GeneratorOptions { MaxConcurrency = Limit });
        await Task.WhenAll(Enumerable.Range(0, 4 * Limit).Select(
            async _ => await generator.GenerateAsync(GeneratorRun.Request, TestContext.Current.CancellationToken)));

        Assert.Equal((Limit, 4 * Limit), (peak.Most, server.Bodies.Count));
    }

    private static HttpResponseMessage Cut() => new(HttpStatusCode.OK) { Content = new CutContent() };

    /// <summary>A body whose connection breaks within it.</summary>
    private sealed class CutContent : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("{\"choices\":"u8.ToArray());
            throw new IOException("bread");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
