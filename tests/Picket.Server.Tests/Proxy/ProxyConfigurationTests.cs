using static Picket.Server.Tests.ProxyRun;

namespace Picket.Server.Tests;

public sealed class ProxyConfigurationTests
{
    public static TheoryData<string, string, string> Faults() => new()
    {
        { "Picket:Proxy:Upstream", "ftp://x", "Picket:Proxy:Upstream: upstream server: expected an address that begins with http:// or https://" },
        { "Picket:Proxy:Upstream", "nonsense", "Picket:Proxy:Upstream: expected an address" },
        { "Picket:Proxy:Upstream", "http://u:p@x", "Picket:Proxy:Upstream: http://x: expected an address without user" },
        { "Picket:Proxy:UpstreamKey", "Both", "Picket:Proxy:UpstreamKey: expected one of Server, Client, found Both" },
        { "Picket:Proxy:RequestHeaders:0", "Authorization", "Picket:Proxy:RequestHeaders:0: expected a header's name" },
        { "Picket:Proxy:ResponseHeaders:0", "a b", "Picket:Proxy:ResponseHeaders:0: expected a header's name" },
        { "Picket:Policies:p:Proxy:WindowLength", "8", "Picket:Policies:p:Proxy:WindowLength: expected 64 to 65536, found 8" },
        { "Picket:Policies:p:Proxy:Overlap", "300", "Picket:Policies:p:Proxy: overlap: expected 0 to half the window, found 300" },
        { "Picket:Policies:p:Proxy:BiasDefence", "Both", "Picket:Policies:p:Proxy:BiasDefence: unknown key" },
        { "Picket:Routes:chat", "default", "Picket:Proxy:Upstream: expected an address for the route chat, found none" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Read_FaultInTheProxysPart_NamesTheKey(string key, string value, string expected)
    {
        string[] faults = [.. Read((key, value)).Faults];

        Assert.StartsWith(expected, Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_PolicyThatChecksNothing_IsAFault() => Assert.StartsWith(
        "Picket:Policies:p:Proxy: expected answers to be checked",
        Assert.Single(Read(("Picket:Policies:p:Proxy:ChecksAnswers", "false"), ("Picket:Policies:p:Proxy:InputScopes:0", "ToolResults")).Faults),
        StringComparison.Ordinal);

    [Fact]
    public async Task Start_RoutesOfTheProxy_PassTheCanaryWithoutTheUpstream()
    {
        await using ProxyRun run = await StartAsync(ScriptedUpstream.Json("{}"), Refusal());

        Assert.Contains("8 routes passed the canary", run.Server.Logs.Text, StringComparison.Ordinal);
        Assert.Empty(run.Upstream.Asked);
    }

    [Fact]
    public async Task Start_ThresholdThatBlocksNothing_StopsTheStartAndNamesTheRoute()
    {
        ServerSetup setup = RunningServer.Setup(
            new WordGuard(),
            null,
            [("Picket:Proxy:Upstream", "http://127.0.0.1:9"), ("Picket:Policies:lax:Threshold", "1"), ("Picket:Routes:responses", "lax")],
            new LogSink());

        ConfigurationException fault = await Assert.ThrowsAsync<ConfigurationException>(
            () => PicketServer.CreateAsync(setup, TestContext.Current.CancellationToken));

        Assert.StartsWith("route responses: policy lax, threshold 1: expected", Assert.Single(fault.Faults), StringComparison.Ordinal);
    }

    private static ServerConfiguration Read(params (string Key, string Value)[] settings) => ServerConfiguration.Read(
        new ConfigurationSource(null, settings.Select(static pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))), RouteNames.All);
}
