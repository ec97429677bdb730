using System.Diagnostics;

namespace Picket.Server.Tests;

public sealed class TraceTests
{
    [Fact]
    public async Task Post_RequestThatIsEscalated_HasASpanAStageUnderItsOwn()
    {
        using var sink = new SpanSink();
        WordGuard[] guards = [.. new[] { "small", "large" }.Select(static name => new WordGuard(name) { Description = new(name, "slow") })];
        await using RunningServer server = await RunningServer.StartAsync(guards[0], guards[1], []);
        server.Http.DefaultRequestHeaders.Add("traceparent", sink.TraceParent);

        await server.AnswerAsync("/v1/check", """{"inputs":[{"prompt":"odd"}]}""");

        Activity request = await RequestOfAsync(sink);
        Assert.Equal(
            ["batch", "queue", "small", "route", "batch", "queue", "large", "request"], sink.Trace.Select(static span => span.DisplayName));
        Assert.Equal(sink.Client.SpanId, request.ParentSpanId);
        Assert.Equal(("check", 200), (request.GetTagItem("picket.route"), request.GetTagItem("http.response.status_code")));
        Assert.All(
            sink.Trace.Where(static span => span.DisplayName is "small" or "route" or "large"),
            span => Assert.Equal(request.SpanId, span.ParentSpanId));
    }

    [Fact]
    public async Task Post_ProxiedRequest_TakesTheUpstreamIntoItsTraceAndNoBaggage()
    {
        using var sink = new SpanSink();
        await using ProxyRun run = await ProxyRun.StartAsync(ScriptedUpstream.Json(ProxyRun.Said("\"content\":\"fine\"")));
        run.Server.Http.DefaultRequestHeaders.Add("traceparent", sink.TraceParent);
        run.Server.Http.DefaultRequestHeaders.Add("baggage", "a=b");

        await run.AskAsync(ProxyRun.Ask());

        await RequestOfAsync(sink);
        Activity upstream = sink.Trace.Single(static span => span.DisplayName == "upstream");
        Dictionary<string, string> sent = run.Upstream.Asked.Single().Headers;
        Assert.Equal(upstream.Id, sent["traceparent"]);
        Assert.DoesNotContain("baggage", sent.Keys);
    }

    [Fact]
    public async Task Dispose_WithACollector_SendsTracesAndMetricsWithoutAText()
    {
        const string Marker = "Heffalump";
        await using ScriptedUpstream collector = await ScriptedUpstream.ListenAsync(static _ => Task.CompletedTask);
        await using (RunningServer server = await RunningServer.StartAsync(
            ("Picket:Telemetry:Endpoint", collector.Address), ("Picket:Telemetry:ServiceName", "guarding")))
        {
            await server.AnswerAsync("/v1/check", $$"""{"inputs":[{"prompt":"{{Marker}} bad"}]}""");
        }

        string[] bodies = [.. new[] { "/v1/traces", "/v1/metrics" }.Select(path =>
            string.Concat(collector.Asked.Where(one => one.Path == path).Select(static one => one.Body)))];
        Assert.Contains("small", bodies[0], StringComparison.Ordinal);
        Assert.Contains("picket.verdicts", bodies[1], StringComparison.Ordinal);
        Assert.All(bodies, static body => Assert.Contains("guarding", body, StringComparison.Ordinal));
        Assert.DoesNotContain(Marker, string.Concat(bodies), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Create_CollectorThatIsNoAddress_IsAFaultWithItsKey()
    {
        ServerSetup setup = RunningServer.Setup(new WordGuard(), null, [("Picket:Telemetry:Endpoint", "localhost:4317")], new LogSink());

        ConfigurationException fault = await Assert.ThrowsAsync<ConfigurationException>(
            () => PicketServer.CreateAsync(setup, TestContext.Current.CancellationToken));

        Assert.StartsWith("Picket:Telemetry:Endpoint: expected an address", Assert.Single(fault.Faults), StringComparison.Ordinal);
    }

    // The answer can be here before the span around it has ended.
    private static async Task<Activity> RequestOfAsync(SpanSink sink)
    {
        Activity? request;
        while ((request = Array.Find(sink.Trace, static span => span.DisplayName == "request")) is null)
        {
            await Task.Yield();
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        return request;
    }
}
