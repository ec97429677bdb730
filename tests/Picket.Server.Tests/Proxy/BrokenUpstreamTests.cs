using System.Net;
using Microsoft.AspNetCore.Http;
using static Picket.Server.Tests.ProxyRun;
using static Picket.Server.Tests.ScriptedUpstream;

namespace Picket.Server.Tests;

public sealed class BrokenUpstreamTests
{
    [Theory]
    [InlineData("nonsense bad")]
    [InlineData("[\"bad\"]")]
    [InlineData("{\"answer\":\"bad\"}")]
    [InlineData("{\"choices\":\"bad\"}")]
    [InlineData("{\"choices\":[{\"message\":{\"content\":\"bad")]
    public async Task Post_AnswerThatIsNone_IsABadGatewayWithoutAWordOfIt(string answer)
    {
        await using ProxyRun run = await StartAsync(Json(answer));

        (HttpStatusCode status, string body) = await run.AskAsync(Ask());

        Assert.Equal(HttpStatusCode.BadGateway, status);
        Assert.Contains("upstream_invalid", body, StringComparison.Ordinal);
        Assert.DoesNotContain("bad", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_AnswerThatNestsDeep_IsABadGateway()
    {
        await using ProxyRun run = await StartAsync(Json("{\"choices\":" + new string('[', 10_000) + new string(']', 10_000) + "}"));

        Assert.Equal(HttpStatusCode.BadGateway, (await run.AskAsync(Ask())).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_AnswerOfInvalidUtf8_IsABadGatewayOrEndsWithAnError(bool streams)
    {
        await using ProxyRun run = await StartAsync(http =>
        {
            http.Response.ContentType = streams ? "text/event-stream" : "application/json";
            return http.Response.Body.WriteAsync(
                (byte[])[.. streams ? "data: "u8 : [], .. "{\"choices\":[],\"a\":\""u8, 0xC3, 0x28, .. "\"}\n\n"u8]).AsTask();
        });

        (HttpStatusCode status, string body) = await run.AskAsync(streams ? AskForStream() : Ask());

        Assert.Equal(streams ? HttpStatusCode.OK : HttpStatusCode.BadGateway, status);
        Assert.Contains("upstream_invalid", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data: {\"error\":{\"message\":\"so odd\",\"code\":\"slow\"}}\n\n", true)]
    [InlineData("data: {\"error\":{\"message\":\"so bad\"}}\n\n", false)]
    [InlineData("data: {\"choices\":[],\"error\":\"so bad\"}\n\n", false)]
    public async Task Post_ErrorInAStream_PassesWhereItIsSafe(string error, bool isSafe)
    {
        await using ProxyRun run = await StartAsync(Stream([Says("fine"), error]));

        (HttpStatusCode _, string body) = await run.AskAsync(AskForStream());

        Assert.StartsWith(Says("fine"), body, StringComparison.Ordinal);
        Assert.Equal(isSafe, body.EndsWith(error, StringComparison.Ordinal));
        Assert.DoesNotContain("bad", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense\n\n", "upstream_invalid")]
    [InlineData("data: nonsense\n\n", "upstream_invalid")]
    [InlineData("data: {\"said\":\"odd\"}\n\n", "upstream_invalid")]
    [InlineData("data: {\"choices\":[{\"delta\":{\"cont", "upstream_invalid")]
    [InlineData(": odd crime\n\n", "upstream_invalid")]
    [InlineData("", "upstream_failed")]
    public async Task Post_StreamThatTurnsToNonsense_EndsWithAnErrorAndWithoutDone(string nonsense, string code)
    {
        await using ProxyRun run = await StartAsync(Stream([Says("fine"), nonsense]));

        (HttpStatusCode _, string body) = await run.AskAsync(AskForStream());

        Assert.StartsWith(Says("fine") + "data: {\"error\":", body, StringComparison.Ordinal);
        Assert.Contains(code, body, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_StreamThatIsCutWithUnsafeTextHeld_LeaksNothing()
    {
        await using ProxyRun run = await StartAsync(Stream([Says("bad")], static http =>
        {
            http.Abort();
            return Task.CompletedTask;
        }));

        (HttpStatusCode _, string body) = await run.AskAsync(AskForStream());

        Assert.DoesNotContain("bad", body, StringComparison.Ordinal);

        // A connection that is reset may lose what was sent before.
        Assert.Matches("content_filter|upstream_failed", body);
    }

    [Fact]
    public async Task Post_UpstreamThatIsDown_IsABadGatewayAndTheServerGoesOn()
    {
        await using ProxyRun run = await StartAsync(Json(Said("\"content\":\"fine\"")));
        await run.Upstream.DisposeAsync();

        (HttpStatusCode status, string body) = await run.AskAsync(Ask());

        Assert.Equal(HttpStatusCode.BadGateway, status);
        Assert.Contains("upstream_failed", body, StringComparison.Ordinal);
        await run.Server.AnswerAsync("/predict", """{"inputs":"fine"}""");
    }

    [Fact]
    public async Task Post_UpstreamThatNeverAnswers_IsAGatewayTimeout()
    {
        await using ProxyRun run = await StartAsync(Forever, ("Picket:Proxy:AnswerTimeout", "00:00:00.050"));

        Assert.Equal(HttpStatusCode.GatewayTimeout, (await run.AskAsync(Ask())).Status);
    }

    [Fact]
    public async Task Post_StreamThatFallsSilent_EndsWithAnError()
    {
        await using ProxyRun run = await StartAsync(Stream([Says("fine")], Forever), ("Picket:Proxy:IdleTimeout", "00:00:00.200"));

        (HttpStatusCode _, string body) = await run.AskAsync(AskForStream());

        Assert.StartsWith(Says("fine"), body, StringComparison.Ordinal);
        Assert.Contains("upstream_timeout", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_GuardThatFailsInAStream_EndsItWithAnErrorAndLeaksNothing()
    {
        var failing = new WordGuard
        {
            Before = static (inputs, _) => inputs[0].Response is null ? Task.CompletedTask : throw new InvalidOperationException("odd"),
        };
        await using ProxyRun run = await StartAsync(Stream([Says("odd"), Stops(), Done]), failing);

        (HttpStatusCode _, string body) = await run.AskAsync(AskForStream());

        Assert.StartsWith("data: {\"error\":", body, StringComparison.Ordinal);
        Assert.Contains("guard_failed", body, StringComparison.Ordinal);
        Assert.DoesNotContain("odd", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_ClientThatLeaves_CancelsTheUpstream()
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ProxyRun run = await StartAsync(Stream([Chunk("\"role\":\"assistant\"")], http =>
        {
            http.RequestAborted.Register(() => cancelled.TrySetResult());
            return Forever(http);
        }));
        (HttpResponseMessage answer, Stream body) = await run.OpenAsync(AskForStream());
        await body.ReadExactlyAsync(new byte[8], TestContext.Current.CancellationToken);

        answer.Dispose();

        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Post_BlockedStream_CancelsTheUpstream()
    {
        await using ProxyRun run = await StartAsync(Stream([Says("bad. " + new string('x', 500))], Forever));

        Assert.EndsWith(Done, (await run.AskAsync(AskForStream())).Body, StringComparison.Ordinal);
    }

    private static async Task Forever(HttpContext http)
    {
        var gone = new TaskCompletionSource();
        await using CancellationTokenRegistration registration = http.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }
}
