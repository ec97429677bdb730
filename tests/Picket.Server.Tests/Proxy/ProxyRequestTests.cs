using System.Net;
using static Picket.Server.Tests.ProxyRun;
using static Picket.Server.Tests.ScriptedUpstream;

namespace Picket.Server.Tests;

public sealed class ProxyRequestTests
{
    private const HttpStatusCode Passed = HttpStatusCode.OK;
    private const HttpStatusCode Blocked = HttpStatusCode.BadRequest;
    private const string Again = """{"role":"user","content":"bad"},{"role":"assistant","content":"no"},{"role":"user","content":"fine"}""";

    public static TheoryData<string, string, HttpStatusCode> Scopes() => new()
    {
        { "LastUserTurn", """[{"role":"system","content":"bad"},{"role":"user","content":"fine"}]""", Passed },
        { "SystemPrompt", """[{"role":"system","content":"bad"},{"role":"user","content":"fine"}]""", Blocked },
        { "SystemPrompt", """[{"role":"developer","content":[{"type":"text","text":"bad"}]},{"role":"user","content":"fine"}]""", Blocked },
        { "LastUserTurn", $"[{Again}]", Passed },
        { "Conversation", $"[{Again}]", Blocked },
        { "LastUserTurn", """[{"role":"user","content":[{"type":"image_url","image_url":{}},{"type":"text","text":"bad"}]}]""", Blocked },
        { "LastUserTurn", """[{"role":"user","content":"fine"},{"role":"tool","tool_call_id":"1","content":"bad"}]""", Passed },
        { "ToolResults", """[{"role":"user","content":"fine"},{"role":"tool","tool_call_id":"1","content":"bad"}]""", Blocked },
        { "LastUserTurn", """[{"role":"user","content":"bad"},{"role":"assistant","content":"prefill"}]""", Blocked },
    };

    [Theory]
    [MemberData(nameof(Scopes))]
    public async Task Post_Messages_AreCheckedByTheScope(string scope, string messages, HttpStatusCode expected)
    {
        await using ProxyRun run = await StartAsync(Json(Said("\"content\":\"fine\"")), Policy("InputScopes:0", scope));

        Assert.Equal(expected, (await run.AskAsync($$"""{"messages":{{messages}}}""")).Status);
    }

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"fine"}],"messages":[{"role":"user","content":"odd"}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":"fine","content":"odd"}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":"fine"}],"Messages":[{"role":"user","content":"odd"}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":"fine","Content":"odd"}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":[{"text":"fine","TEXT":"odd"}]}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":"half \ud800"}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":7}]}""")]
    [InlineData("""{"messages":["fine"]}""")]
    [InlineData("""{"messages":{}}""")]
    [InlineData("""{"messages":[],"n":0}""")]
    [InlineData("""{"messages":[],"n":1e9}""")]
    [InlineData("""{"messages":[],"stream":"yes"}""")]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    public async Task Post_RequestThatCouldBeReadInAnotherWay_IsABadRequest(string request)
    {
        await using ProxyRun run = await StartAsync(Json("{}"));

        (HttpStatusCode status, string body) = await run.AskAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("invalid_request", body, StringComparison.Ordinal);
        Assert.Empty(run.Upstream.Asked);
    }

    [Fact]
    public async Task Post_Answer_IsJudgedWithTheLastTurn()
    {
        var small = new WordGuard();
        await using ProxyRun run = await StartAsync(Json(Said("\"content\":\"fine\"")), small);

        await run.AskAsync(Ask("How?"));

        Assert.Equal([new GuardInput("How?"), new GuardInput("How?", "fine")], small.Calls.SelectMany(static call => call));
    }

    [Fact]
    public async Task Post_WithoutAnUpstream_IsNotFound()
    {
        await using RunningServer server = await RunningServer.StartAsync();

        using HttpResponseMessage response = await server.PostAsync(ChatPath, Ask());

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
