namespace Picket.Server.Tests;

public sealed class DrainTests
{
    [Fact]
    public async Task Stop_WhileARequestRuns_AnswersItFirst()
    {
        var held = new HeldGuard("small", "fake");
        await using RunningServer server = await RunningServer.StartAsync(held.Guard, null, []);
        Task<System.Text.Json.JsonElement> running = server.AnswerAsync("/predict", """{"inputs":"bad"}""");
        await held.Asked;

        Task stopping = server.App.StopAsync(TestContext.Current.CancellationToken);
        Assert.False(stopping.IsCompleted);
        held.Release();

        Assert.Equal("unsafe", (await running)[0].GetProperty("label").GetString());
        await stopping;
        Assert.Contains("stopping, requests that run may end", server.Logs.Text, StringComparison.Ordinal);
        await Assert.ThrowsAsync<HttpRequestException>(() => server.GetAsync("/health/live"));
    }

    [Fact]
    public async Task Run_UntilItsTokenIsCancelled_EndsAndDisposesItsGuards()
    {
        var small = new WordGuard();
        var logs = new LogSink();
        using var caller = new CancellationTokenSource();
        Task running = PicketServer.RunAsync(RunningServer.Setup(small, null, [], logs), caller.Token);

        while (!logs.Text.Contains("listening on", StringComparison.Ordinal))
        {
            await Task.Yield();
        }

        await caller.CancelAsync();
        await running;
        Assert.True(small.Disposed);
    }
}
