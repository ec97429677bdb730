using System.Net;
using System.Text.Json;

namespace Picket.Server.Tests;

public sealed class FailingGuardTests
{
    private const string Odd = """{"inputs":[{"prompt":"odd"}]}""";

    [Fact]
    public async Task Post_LargeGuardDown_IsHeldUnsafeCountedAndLogged()
    {
        await using RunningServer server = await RunningServer.StartAsync(new WordGuard(), Down(), []);

        JsonElement result = (await server.AnswerAsync("/v1/check", Odd)).GetProperty("results")[0];

        Assert.True(result.GetProperty("unsafe").GetBoolean());
        Assert.True(result.GetProperty("degraded").GetBoolean());
        Assert.Contains("check: 1 of 1 verdicts without the large guard (TreatAsUnsafe)", server.Logs.Text, StringComparison.Ordinal);
        Assert.Contains(
            "picket_bypasses_total{route=\"check\",mode=\"TreatAsUnsafe\"} 1", await server.GetAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_LargeGuardDownAndPolicySaysThrow_IsUnavailable()
    {
        await using RunningServer server = await RunningServer.StartAsync(
            new WordGuard(), Down(), [("Picket:Policies:default:LargeGuardFailure", "Throw")]);

        using HttpResponseMessage response = await server.PostAsync("/v1/check", Odd);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        await server.AnswerAsync("/v1/check", """{"inputs":[{"prompt":"fine"}]}""");
    }

    [Fact]
    public async Task Post_LargeGuardSlow_IsAnsweredAtTheDeadline()
    {
        var clock = new ManualClock();
        var large = new HeldGuard("large");
        await using RunningServer server = await RunningServer.StartAsync(
            new WordGuard(), large.Guard, [("Picket:Policies:default:LargeGuardFailure", "UseSmallVerdict")], clock: clock);

        Task<JsonElement> answer = server.AnswerAsync("/v1/check", Odd);
        await large.Asked;
        clock.Advance(TimeSpan.FromSeconds(10));

        JsonElement result = (await answer).GetProperty("results")[0];
        Assert.Equal((false, true), (result.GetProperty("unsafe").GetBoolean(), result.GetProperty("degraded").GetBoolean()));
    }

    [Theory]
    [InlineData(1, double.NaN)]
    [InlineData(1, 7)]
    [InlineData(0, 0.1)]
    [InlineData(2, 0.1)]
    public async Task Post_LargeGuardGivesGarbage_IsHeldUnsafeAndTheServerGoesOn(int scores, double probability)
    {
        var large = new GarbageGuard([.. Enumerable.Repeat(probability, scores).Select(static one => new GuardScore(one))]);
        await using RunningServer server = await RunningServer.StartAsync(new WordGuard(), large, []);

        JsonElement result = (await server.AnswerAsync("/v1/check", Odd)).GetProperty("results")[0];

        Assert.Equal((true, true), (result.GetProperty("unsafe").GetBoolean(), result.GetProperty("degraded").GetBoolean()));
        await server.AnswerAsync("/v1/check", """{"inputs":[{"prompt":"fine"}]}""");
    }

    [Fact]
    public async Task Post_SmallGuardFails_IsUnavailableAndTheServerGoesOn()
    {
        await using RunningServer server = await RunningServer.StartAsync(Down(), null, []);

        using HttpResponseMessage response = await server.PostAsync("/v1/moderations", """{"input":"odd"}""");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("server_error", (await RunningServer.JsonAsync(response)).GetProperty("error").GetProperty("type").GetString());
        Assert.Equal("ready", await server.GetAsync("/health/ready"));
    }

    private sealed class GarbageGuard(GuardScore[] scores) : IGuard
    {
        public GuardDescription Description { get; } = new("large", "ngram");

        public ValueTask<IReadOnlyList<GuardScore>> ScoreAsync(IReadOnlyList<GuardInput> inputs, CancellationToken cancellationToken = default) =>
            new(scores);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private static WordGuard Down() => new("large") { Before = static (_, _) => throw new IOException("down") };
}
