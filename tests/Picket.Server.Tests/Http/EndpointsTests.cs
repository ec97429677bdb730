using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;

namespace Picket.Server.Tests;

public sealed class EndpointsTests
{
    [Fact]
    public async Task Health_OfARunningServer_IsLiveAndReady()
    {
        await using RunningServer server = await RunningServer.StartAsync();

        Assert.Equal(("alive", "ready"), (await server.GetAsync("/health/live"), await server.GetAsync("/health/ready")));
    }

    [Fact]
    public async Task OpenApi_OfTheServer_HasEveryAddressAndNoOther()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using var document = JsonDocument.Parse(await server.GetAsync("/openapi/v1.json"));

        IEnumerable<string?> mapped = server.Get<IEnumerable<EndpointDataSource>>()
            .SelectMany(static source => source.Endpoints).OfType<RouteEndpoint>().Select(static endpoint => endpoint.RoutePattern.RawText);

        Assert.Equal(
            mapped.Order(StringComparer.Ordinal),
            document.RootElement.GetProperty("paths").EnumerateObject().Select(static path => path.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Get_UnknownAddress_IsAProblem()
    {
        await using RunningServer server = await RunningServer.StartAsync();

        using HttpResponseMessage response = await server.Http.GetAsync("/v2/../nothing", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("not_found", (await RunningServer.JsonAsync(response)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Get_AddressThatTakesPosts_IsNotAllowed()
    {
        await using RunningServer server = await RunningServer.StartAsync();

        using HttpResponseMessage response = await server.Http.GetAsync("/v1/check", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    [Fact]
    public async Task AdminPolicies_OfTheServer_AreThoseInForce()
    {
        await using RunningServer server = await RunningServer.StartAsync(
            ("Picket:Policies:strict:Threshold", "0.2"), ("Picket:Routes:check", "strict"));
        using var document = JsonDocument.Parse(await server.GetAsync("/admin/policies"));

        JsonElement check = document.RootElement.GetProperty("routes").GetProperty("check");

        Assert.Equal(("strict", 0.2), (check.GetProperty("policy").GetString(), check.GetProperty("threshold").GetDouble()));
    }
}
