using System.Net;

namespace Picket.Server.Tests;

public sealed class LoadGateTests
{
    [Fact]
    public void Enter_BeyondTheTokens_IsRefusedUntilOneLeaves()
    {
        var gate = new LoadGate(new QueueOptions { Tokens = 10 });
        IDisposable first = gate.Enter(8);

        RequestFault fault = Assert.Throws<RequestFault>(() => gate.Enter(3));
        first.Dispose();
        first.Dispose();

        Assert.Equal((429, TimeSpan.FromSeconds(1), 0L), (fault.Status, fault.RetryAfter, gate.Tokens));
        using IDisposable large = gate.Enter(1000);
    }

    [Fact]
    public async Task Post_FullQueue_IsTooManyWithRetryAfterAndThenServed()
    {
        var held = new HeldGuard();
        await using RunningServer server = await RunningServer.StartAsync(held.Guard, null, [("Picket:Queue:Tokens", "5")]);
        Task<System.Text.Json.JsonElement> first = server.AnswerAsync("/predict", """{"inputs":"fine"}""");
        await held.Asked;

        using HttpResponseMessage second = await server.PostAsync("/predict", """{"inputs":"fine"}""");
        held.Release();

        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), second.Headers.RetryAfter!.Delta);
        await first;
        await server.AnswerAsync("/predict", """{"inputs":"fine"}""");
    }
}
