using System.Text.Json;

namespace Picket.Server.Tests;

public sealed class PairProtocolTests
{
    [Fact]
    public async Task Post_Batch_HasAVerdictForEachInTheirOrder()
    {
        await using RunningServer server = await RunningServer.StartAsync(new WordGuard(), new WordGuard("large"), []);

        JsonElement answer = await server.AnswerAsync(
            "/v1/check", """{"inputs":[{"id":"a","prompt":"fine"},{"id":"b","prompt":"fine","response":"bad"},{"id":"c","prompt":"odd"}]}""");

        JsonElement[] results = [.. answer.GetProperty("results").EnumerateArray()];
        Assert.Equal(["a", "b", "c"], results.Select(static result => result.GetProperty("id").GetString()));
        Assert.Equal([false, true, false], results.Select(static result => result.GetProperty("unsafe").GetBoolean()));
        Assert.Equal(["small", "small", "large"], results.Select(static result => result.GetProperty("tier").GetString()));
        Assert.True(results[2].GetProperty("route").GetProperty("escalated").GetBoolean());
        Assert.Equal(1, results[0].GetProperty("windows").GetInt32());
        Assert.Equal(["small", "large", "total"], answer.GetProperty("timings_ms").EnumerateObject().Select(static stage => stage.Name));
    }

    [Fact]
    public async Task Post_AnyInput_NamesStagesAndPolicyInHeaders()
    {
        await using RunningServer server = await RunningServer.StartAsync();

        using HttpResponseMessage response = await server.PostAsync("/v1/check", """{"inputs":[{"prompt":"fine"}]}""");

        Assert.StartsWith("small;dur=", response.Headers.GetValues("Server-Timing").Single(), StringComparison.Ordinal);
        Assert.Equal(server.Get<PolicyBook>().Current.Version, response.Headers.GetValues("Picket-Policy").Single());
    }

    [Theory]
    [InlineData("""[]""", "body")]
    [InlineData("""{"inputs":[{"response":"x"}]}""", "inputs[0].prompt")]
    [InlineData("""{"inputs":[{"prompt":"x"},3]}""", "inputs[1]")]
    public async Task Post_WrongBody_IsAProblemThatNamesTheField(string body, string field)
    {
        await using RunningServer server = await RunningServer.StartAsync();

        using HttpResponseMessage response = await server.PostAsync("/v1/check", body);

        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        JsonElement problem = await RunningServer.JsonAsync(response);
        Assert.Equal((400, field), (problem.GetProperty("status").GetInt32(), problem.GetProperty("field").GetString()));
    }

    [Fact]
    public async Task Post_CategoryThreshold_DecidesWhereTheGuardNamesIt()
    {
        await using RunningServer server = await RunningServer.StartAsync(("Picket:Policies:default:CategoryThresholds:S2", "0.99"));

        JsonElement answer = await server.AnswerAsync("/v1/check", """{"inputs":[{"prompt":"crime"},{"prompt":"bad"}]}""");

        Assert.Equal(
            [false, true],
            answer.GetProperty("results").EnumerateArray().Select(static result => result.GetProperty("unsafe").GetBoolean()));
    }
}
