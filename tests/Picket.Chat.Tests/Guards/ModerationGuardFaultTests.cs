using System.Net;
using System.Net.Http.Headers;

namespace Picket.Chat.Tests;

public sealed class ModerationGuardFaultTests
{
    [Theory]
    [InlineData(HttpStatusCode.RequestTimeout)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task ScoreAsync_FaultThatPasses_IsTriedAgainAfterAWait(HttpStatusCode status)
    {
        var clock = new HurriedClock(ModerationRun.Timeout);
        using var server = new ScriptedServer(new HttpResponseMessage(status), ScriptedServer.Result("\"unsafe_probability\":0.5"));

        Assert.Equal(0.5, await ModerationRun.ScoreAsync(server, clock));
        Assert.InRange(Assert.Single(clock.Waits), TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task ScoreAsync_RetryAfterSeconds_IsWaitedFor()
    {
        var clock = new HurriedClock(ModerationRun.Timeout);
        using HttpResponseMessage busy = Busy(new RetryConditionHeaderValue(TimeSpan.FromSeconds(23)));
        using var server = new ScriptedServer(busy, ScriptedServer.Result("\"flagged\":true"));

        await ModerationRun.ScoreAsync(server, clock);

        Assert.Equal(TimeSpan.FromSeconds(23), Assert.Single(clock.Waits));
    }

    [Theory]
    [InlineData(31, 31)]
    [InlineData(4000, 60)]
    public async Task ScoreAsync_RetryAfterDate_IsWaitedForUpToTheLongestDelay(int seconds, int expected)
    {
        var clock = new HurriedClock(ModerationRun.Timeout);
        using HttpResponseMessage busy = Busy(new RetryConditionHeaderValue(DateTimeOffset.UnixEpoch.AddSeconds(seconds)));
        using var server = new ScriptedServer(busy, ScriptedServer.Result("\"flagged\":true"));

        await ModerationRun.ScoreAsync(server, clock);

        Assert.Equal(TimeSpan.FromSeconds(expected), Assert.Single(clock.Waits));
    }

    [Fact]
    public async Task ScoreAsync_FaultThatStays_NamesServerStatusAndTries()
    {
        using var server = new ScriptedServer((_, _, _) => Task.FromResult(Busy(null)));

        string message = await ModerationRun.FailAsync(server);

        Assert.Equal("https://guard.test/v1/moderations: expected HTTP status 200, found 429 (TooManyRequests); gave up after 3 tries", message);
    }

    [Fact]
    public async Task ScoreAsync_NoAnswerInTime_IsTriedAgainAndThenTold()
    {
        var clock = new HurriedClock(ModerationRun.Timeout, timesOut: true);
        using var server = new ScriptedServer(async (_, _, stop) =>
        {
            await Task.Delay(Timeout.Infinite, stop);
            return ScriptedServer.Ok("");
        });

        string message = await ModerationRun.FailAsync(server, clock);

        Assert.EndsWith("expected an answer within 7 s, found none; gave up after 3 tries", message, StringComparison.Ordinal);
        Assert.Equal((3, 2), (server.Bodies.Count, clock.Waits.Count));
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, null, "found 401 (Unauthorized); no API key was sent")]
    [InlineData(HttpStatusCode.Forbidden, "secret", "found 403 (Forbidden); the API key that was sent is not accepted")]
    [InlineData(HttpStatusCode.NotFound, null, "found 404 (NotFound); there is no moderation service at this address")]
    [InlineData(HttpStatusCode.MovedPermanently, null, "found 301 (MovedPermanently)")]
    public async Task ScoreAsync_Refusal_IsToldAtOnceWithoutTheKey(HttpStatusCode status, string? key, string expected)
    {
        using var refusal = new HttpResponseMessage(status) { Content = new StringContent("you asked about bread"), ReasonPhrase = "bread" };
        using var server = new ScriptedServer(refusal);

        string message = await ModerationRun.FailAsync(server, options: new ModerationGuardOptions { ApiKey = key });

        Assert.EndsWith(expected, message, StringComparison.Ordinal);
        Assert.Single(server.Bodies);
    }

    [Theory]
    [InlineData("bread, no JSON", "expected a moderation answer, found 14 bytes that are not JSON")]
    [InlineData("{\"results\":[", "expected a moderation answer, found 12 bytes that are not JSON")]
    [InlineData("{\"results\":[]}", "JSON with one object in \"results\"; found other JSON")]
    [InlineData("[1]", "JSON with one object in \"results\"; found other JSON")]
    [InlineData("{\"results\":[{\"flagged\":\"bread\"}]}", "found none of them")]
    [InlineData("{\"results\":[{\"unsafe_probability\":1.5}]}", "expected scores from 0 to 1 in the moderation result, found one outside")]
    public async Task ScoreAsync_OtherAnswer_IsToldWithoutQuotingIt(string body, string expected) =>
        Assert.EndsWith(expected, await ModerationRun.FailAsync(new ScriptedServer(ScriptedServer.Ok(body))), StringComparison.Ordinal);

    [Fact]
    public async Task ScoreAsync_ServerNeverReached_IsToldAtOnce()
    {
        using var server = new ScriptedServer((_, _, _) => throw new HttpRequestException(HttpRequestError.ConnectionError, "bread"));

        string message = await ModerationRun.FailAsync(server);

        Assert.EndsWith("expected an answer, found no server: the connection failed", message, StringComparison.Ordinal);
        Assert.Single(server.Bodies);
    }

    [Fact]
    public async Task ScoreAsync_ServerGoneAfterAnAnswer_IsWaitedFor()
    {
        using var server = new ScriptedServer((_, number, _) => number == 1
            ? throw new HttpRequestException(HttpRequestError.ConnectionError)
            : Task.FromResult(number == 0 ? Busy(null) : ScriptedServer.Result("\"flagged\":true")));

        Assert.Equal(1, await ModerationRun.ScoreAsync(server));
    }

    [Fact]
    public async Task ScoreAsync_OneOfManyFails_EndsTheRestWithItsFault()
    {
        using var server = new ScriptedServer(async (_, number, stop) =>
        {
            await (number == 3 ? Task.CompletedTask : Task.Delay(Timeout.Infinite, stop));
            return new HttpResponseMessage(HttpStatusCode.BadRequest);
        });

        PicketException fault = await Assert.ThrowsAsync<PicketException>(
            () => ModerationRun.ScoreAllAsync(server, [.. Enumerable.Repeat(new GuardInput("p"), 20)]));

        Assert.EndsWith("found 400 (BadRequest)", fault.Message, StringComparison.Ordinal);
    }

    private static HttpResponseMessage Busy(RetryConditionHeaderValue? retryAfter)
    {
        var answer = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter = retryAfter;
        return answer;
    }
}
