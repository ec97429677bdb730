using System.Net;

namespace Picket.Server.Tests;

public sealed class LoadGateTests
{
    [Fact]
    public void Enter_BeyondTheTokens_IsRefusedUntilOneLeaves()
    {
        var gate = new LoadGate(new QueueOptions { Tokens = 10 });
        LoadGate.Place first = gate.Enter(8);

        RequestFault fault = Assert.Throws<RequestFault>(() => gate.Enter(3));
        first.Dispose();
        first.Dispose();

        Assert.Equal((429, TimeSpan.FromSeconds(1), 0L), (fault.Status, fault.RetryAfter, gate.Tokens));
        using LoadGate.Place large = gate.Enter(1000);
    }

    [Fact]
    public void Beyond_WhatAPlaceHas_CountsUntilItIsDisposed()
    {
        var gate = new LoadGate(new QueueOptions { Tokens = 10 });
        using LoadGate.Place place = gate.Enter(8);

        Assert.Null(place.Beyond(8));
        using (place.Beyond(30))
        {
            Assert.Equal(30, gate.Tokens);
            Assert.Throws<RequestFault>(() => gate.Enter(1));
        }

        Assert.Equal(8, gate.Tokens);
    }

    [Fact]
    public async Task Post_AnswerOfAProxiedRequest_CountsWhileItIsJudged()
    {
        LoadGate? gate = null;
        var tokens = new List<long>();
        var guard = new WordGuard
        {
            Before = (_, _) =>
            {
                tokens.Add(gate?.Tokens ?? 0);
                return Task.CompletedTask;
            },
        };
        await using ProxyRun run = await ProxyRun.StartAsync(
            ScriptedUpstream.Json(ProxyRun.Said($"\"content\":\"{new string('a', 390)}\"")), guard);
        gate = run.Server.Get<LoadGate>();

        await run.AskAsync(ProxyRun.Ask());

        Assert.Equal([5L, 102L, 0L], [.. tokens, gate.Tokens]);
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
