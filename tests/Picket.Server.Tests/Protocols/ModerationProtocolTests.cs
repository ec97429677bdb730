using System.Text.Json;
using Picket.Chat;

namespace Picket.Server.Tests;

public sealed class ModerationProtocolTests
{
    [Theory]
    [InlineData("""{"input":"bad"}""", new[] { true })]
    [InlineData("""{"input":["fine","bad"],"model":"m"}""", new[] { false, true })]
    [InlineData("""{"input":[{"type":"text","text":"fine"},{"type":"text","text":"bad"}]}""", new[] { true })]
    [InlineData("""{"input":[{"type":"image_url","image_url":{"url":"x"}},{"type":"text","text":"fine"}]}""", new[] { false })]
    public async Task Post_EveryShapeOfInput_HasOneResultAText(string body, bool[] flagged)
    {
        await using RunningServer server = await RunningServer.StartAsync();

        JsonElement answer = await server.AnswerAsync("/v1/moderations", body);

        Assert.Equal(flagged, answer.GetProperty("results").EnumerateArray().Select(static result => result.GetProperty("flagged").GetBoolean()));
        Assert.StartsWith("modr-", answer.GetProperty("id").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_GuardWithoutCategories_FlagsAndLeavesAll13AtFalse()
    {
        await using RunningServer server = await RunningServer.StartAsync();

        JsonElement result = (await server.AnswerAsync("/v1/moderations", """{"input":"bad"}""")).GetProperty("results")[0];

        Assert.Equal(13, result.GetProperty("categories").EnumerateObject().Count(static category => !category.Value.GetBoolean()));
        Assert.Equal(13, result.GetProperty("category_scores").EnumerateObject().Count(static score => score.Value.GetDouble() == 0));
        Assert.Equal(13, result.GetProperty("category_applied_input_types").EnumerateObject().Count());
        Assert.Equal(JsonValueKind.Null, result.GetProperty("picket").GetProperty("categories").ValueKind);
        Assert.Equal(0.95, result.GetProperty("picket").GetProperty("unsafe_probability").GetDouble());
    }

    [Fact]
    public async Task Post_GuardThatNamesAHazard_MapsIt()
    {
        await using RunningServer server = await RunningServer.StartAsync();

        JsonElement result = (await server.AnswerAsync("/v1/moderations", """{"input":"crime"}""")).GetProperty("results")[0];

        Assert.True(result.GetProperty("categories").GetProperty("illicit").GetBoolean());
        Assert.False(result.GetProperty("categories").GetProperty("violence").GetBoolean());
        Assert.Equal("S2", result.GetProperty("picket").GetProperty("categories")[0].GetString());
    }

    [Fact]
    public async Task Post_WithPrompts_JudgesResponsesInTheirContext()
    {
        var small = new WordGuard();
        await using RunningServer server = await RunningServer.StartAsync(small, null, []);

        await server.AnswerAsync("/v1/moderations", """{"input":["a","b"],"prompt":["p",null]}""");

        Assert.Equal([new GuardInput("p", "a"), new GuardInput("b")], small.Calls[0]);
    }

    [Fact]
    public async Task Score_ByPicketsOwnClient_IsTheServersProbability()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        await using var client = new ModerationGuard(server.Address, server.Http);

        IReadOnlyList<GuardScore> scores = await client.ScoreAsync(
            [new GuardInput("odd"), new GuardInput("fine", "bad")], TestContext.Current.CancellationToken);

        Assert.Equal([0.45, 0.95], scores.Select(static score => score.UnsafeProbability));
    }

    [Theory]
    [InlineData("""{}""", "input")]
    [InlineData("""{"input":[]}""", "input")]
    [InlineData("""{"input":["a",1]}""", "input[1]")]
    [InlineData("""{"input":[{"type":"sound"}]}""", "input[0].type")]
    [InlineData("""{"input":[{"type":"image_url"}]}""", "input")]
    [InlineData("""{"input":["a","b"],"prompt":["p"]}""", "prompt")]
    [InlineData("""{"input":"\ud800"}""", "input")]
    public async Task Post_WrongBody_IsAnOpenAiErrorThatNamesTheField(string body, string field)
    {
        await using RunningServer server = await RunningServer.StartAsync();

        using HttpResponseMessage response = await server.PostAsync("/v1/moderations", body);

        JsonElement error = (await RunningServer.JsonAsync(response)).GetProperty("error");
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal(("invalid_request_error", field), (error.GetProperty("type").GetString(), error.GetProperty("param").GetString()));
    }
}
