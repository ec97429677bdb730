using System.Net;

namespace Picket.Server.Tests;

public sealed class CanaryTests
{
    [Fact]
    public async Task Create_ThresholdThatBlocksNothing_StopsTheStartAndNamesTheRoute()
    {
        var small = new WordGuard();
        ServerSetup setup = RunningServer.Setup(
            small, null, [("Picket:Policies:lax:Threshold", "1"), ("Picket:Routes:azure", "lax")], new LogSink());

        ConfigurationException fault = await Assert.ThrowsAsync<ConfigurationException>(
            () => PicketServer.CreateAsync(setup, TestContext.Current.CancellationToken));

        Assert.Equal(
            "route azure: policy lax, threshold 1: expected a text of probability 0.999 to be blocked, found it safe and let through",
            Assert.Single(fault.Faults));
        Assert.True(small.Disposed);
    }

    [Fact]
    public async Task Start_GuardsNeverSeeTheCanary()
    {
        var small = new WordGuard();

        await using RunningServer server = await RunningServer.StartAsync(small, null, []);

        Assert.Empty(small.Calls);
        Assert.Contains("5 routes passed the canary", server.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ShadowPolicy_FindsAndReportsAndDoesNotBlock()
    {
        await using RunningServer server = await RunningServer.StartAsync(("Picket:Policies:default:Shadow", "true"));

        System.Text.Json.JsonElement answer = await server.AnswerAsync("/v1/moderations", """{"input":"bad"}""");

        System.Text.Json.JsonElement result = answer.GetProperty("results")[0];
        Assert.False(result.GetProperty("flagged").GetBoolean());
        Assert.True(result.GetProperty("picket").GetProperty("unsafe").GetBoolean());
        Assert.Contains("route moderations is in shadow mode", server.Logs.Text, StringComparison.Ordinal);
        Assert.Contains("outcome=\"shadowed\"", await server.GetAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_RouteThatIsOff_IsNotFound()
    {
        await using RunningServer server = await RunningServer.StartAsync(("Picket:Routes:predict", "off"));

        using HttpResponseMessage response = await server.PostAsync("/predict", """{"inputs":"x"}""");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("route predict is off", server.Logs.Text, StringComparison.Ordinal);
    }
}
