using System.Text.Json;

namespace Picket.Server.Tests;

public sealed class LiteLlmProtocolTests
{
    private const string Path = "/beta/litellm_basic_guardrail_api";

    [Theory]
    [InlineData("""{"texts":["fine","bad"],"input_type":"request","request_data":{},"litellm_call_id":"x"}""", "BLOCKED")]
    [InlineData("""{"texts":["fine"],"input_type":"request"}""", "NONE")]
    [InlineData("""{"texts":[],"images":["x"],"input_type":"request"}""", "NONE")]
    [InlineData("""{"texts":["fine"],"input_type":"response","tool_calls":[{"function":{"name":"f","arguments":"{\"x\":\"bad\"}"}}]}""", "BLOCKED")]
    public async Task Post_Texts_AreBlockedOrNot(string body, string action)
    {
        await using RunningServer server = await RunningServer.StartAsync();

        JsonElement answer = await server.AnswerAsync(Path, body);

        Assert.Equal(action, answer.GetProperty("action").GetString());
        Assert.Equal(action == "BLOCKED", answer.TryGetProperty("blocked_reason", out _));
    }

    [Fact]
    public async Task Post_Response_IsJudgedInTheContextOfTheLastUserTurn()
    {
        var small = new WordGuard();
        await using RunningServer server = await RunningServer.StartAsync(small, null, []);

        await server.AnswerAsync(Path, """
            {"texts":["answer"],"input_type":"response","structured_messages":[{"role":"system","content":"s"},{"role":"user","content":"first"},
             {"role":"user","content":[{"type":"text","text":"last"}]},{"role":"assistant","content":"a"}]}
            """);

        Assert.Equal([new GuardInput("last", "answer")], small.Calls[0]);
    }

    [Fact]
    public async Task Post_UnknownInputType_IsRefused()
    {
        await using RunningServer server = await RunningServer.StartAsync();

        using HttpResponseMessage response = await server.PostAsync(Path, """{"texts":["a"],"input_type":"other"}""");

        Assert.Equal(400, (int)response.StatusCode);
    }
}
