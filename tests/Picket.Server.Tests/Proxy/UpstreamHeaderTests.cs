using System.Net;
using System.Net.Sockets;
using System.Text;
using static Picket.Server.Tests.ProxyRun;
using static Picket.Server.Tests.ScriptedUpstream;

namespace Picket.Server.Tests;

public sealed class UpstreamHeaderTests
{
    private const string Secret = "upstream-secret-1";

    [Fact]
    public async Task Post_Headers_PassByTheListsAlone()
    {
        await using ProxyRun run = await StartAsync(http =>
        {
            http.Response.Headers["X-Request-Id"] = "r1";
            http.Response.Headers["Set-Cookie"] = "a=b";
            http.Response.Headers["X-Other"] = "o";
            return Json(Said("\"content\":\"fine\""))(http);
        });
        run.Server.Http.DefaultRequestHeaders.Add("OpenAI-Organization", "org");
        run.Server.Http.DefaultRequestHeaders.Add("Cookie", "c=d");
        run.Server.Http.DefaultRequestHeaders.Add("X-Forwarded-Host", "elsewhere");

        using HttpResponseMessage response = await run.Server.PostAsync(ChatPath, Ask());

        Dictionary<string, string> sent = run.Upstream.Asked.Single().Headers;
        Assert.Equal("org", sent["OpenAI-Organization"]);
        Assert.Empty(sent.Keys.Intersect(["Cookie", "X-Forwarded-Host", "Authorization"], StringComparer.OrdinalIgnoreCase));
        Assert.True(response.Headers.Contains("X-Request-Id"));
        Assert.False(response.Headers.Contains("Set-Cookie") || response.Headers.Contains("X-Other"));
    }

    [Fact]
    public async Task Post_ServersKey_GoesToTheUpstreamAndTheClientsDoesNot()
    {
        await using ProxyRun run = await WithKeyAsync(Json(Said("\"content\":\"fine\"")));

        using HttpResponseMessage response = await run.Server.PostAsync(ChatPath, Ask(), "clients-own");

        Assert.Equal($"Bearer {Secret}", run.Upstream.Asked.Single().Headers["Authorization"]);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task Post_ErrorOfTheUpstream_PassesWithoutItsKey(int status)
    {
        await using ProxyRun run = await WithKeyAsync(Json($$"""{"error":{"message":"wrong key {{Secret}}"} }""", status));

        Assert.Equal(((HttpStatusCode)status, """{"error":{"message":"wrong key ***"} }"""), await run.AskAsync(Ask()));
    }

    [Theory]
    [InlineData(null, "Bearer clients-own", "Bearer clients-own")]
    [InlineData("own", "Bearer clients-own", "Bearer clients-own")]
    [InlineData("own", null, null)]
    public async Task Post_ClientsKeyWanted_IsPassedOnUnlessItIsThisServers(string? ownHeader, string? authorization, string? expected)
    {
        (string key, string hash) = KeyRing.Create();
        (string, string)[] keys = ownHeader is null ? [] : [("Picket:Keys:team:Hash", hash), ("Picket:Keys:team:Scopes:0", "Proxy")];
        await using ProxyRun run = await StartAsync(Json(Said("\"content\":\"fine\"")), [("Picket:Proxy:UpstreamKey", "Client"), .. keys]);
        run.Server.Http.DefaultRequestHeaders.Add("Authorization", authorization ?? $"Bearer {key}");
        if (authorization is not null && ownHeader is not null)
        {
            run.Server.Http.DefaultRequestHeaders.Add("Picket-Key", key);
        }

        Assert.Equal(HttpStatusCode.OK, (await run.AskAsync(Ask())).Status);

        Assert.Equal(expected, run.Upstream.Asked.Single().Headers.GetValueOrDefault("Authorization"));
    }

    [Fact]
    public async Task Post_KeyWithoutTheProxysScope_IsForbidden()
    {
        (string key, string hash) = KeyRing.Create();
        await using ProxyRun run = await StartAsync(Json("{}"), ("Picket:Keys:team:Hash", hash));

        using HttpResponseMessage response = await run.Server.PostAsync(ChatPath, Ask(), key);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Empty(run.Upstream.Asked);
    }

    [Fact]
    public async Task Post_UpstreamThatRedirects_IsNotFollowed()
    {
        await using ProxyRun run = await StartAsync(static http =>
        {
            http.Response.Redirect("http://127.0.0.1:9/v1/chat/completions");
            return Task.CompletedTask;
        });

        Assert.Equal(HttpStatusCode.BadGateway, (await run.AskAsync(Ask())).Status);
        Assert.Single(run.Upstream.Asked);
    }

    [Theory]
    [InlineData("POST http://elsewhere.example/v1/chat/completions", "127.0.0.1")]
    [InlineData("POST /v1/chat/../../admin", "127.0.0.1")]
    [InlineData("POST /v1/chat/completions/%2e%2e/models", "127.0.0.1")]
    [InlineData("POST //elsewhere.example/v1/chat/completions", "127.0.0.1")]
    public async Task Post_OtherAddress_NeverReachesTheUpstream(string line, string host)
    {
        await using ProxyRun run = await StartAsync(Json("{}"));
        using var client = new TcpClient(run.Server.Address.Host, run.Server.Address.Port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"{line} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}"),
            TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);

        string status = (await reader.ReadLineAsync(TestContext.Current.CancellationToken))!;

        Assert.StartsWith("HTTP/1.1 4", status, StringComparison.Ordinal);
        Assert.Empty(run.Upstream.Asked);
    }

    private static async Task<ProxyRun> WithKeyAsync(Func<Microsoft.AspNetCore.Http.HttpContext, Task> answer)
    {
        const string Variable = "PICKET_TEST_UPSTREAM_KEY";
        Environment.SetEnvironmentVariable(Variable, Secret);
        return await StartAsync(answer, ("Picket:Proxy:KeyVariable", Variable));
    }
}
