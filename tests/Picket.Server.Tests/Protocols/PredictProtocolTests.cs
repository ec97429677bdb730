using System.Text.Json;

namespace Picket.Server.Tests;

public sealed class PredictProtocolTests
{
    [Theory]
    [InlineData("\"bad\"")]
    [InlineData("[\"bad\"]")]
    [InlineData("[\"fine\",\"bad\"]")]
    public async Task Post_OneInput_IsOneListOfLabels(string inputs)
    {
        await using RunningServer server = await RunningServer.StartAsync();

        JsonElement answer = await server.AnswerAsync("/predict", $$"""{"inputs":{{inputs}}}""");

        Assert.Equal(["unsafe", "safe"], answer.EnumerateArray().Select(static item => item.GetProperty("label").GetString()));
        Assert.Equal(0.95, answer[0].GetProperty("score").GetDouble());
    }

    [Fact]
    public async Task Post_Batch_IsAListOfLists()
    {
        await using RunningServer server = await RunningServer.StartAsync();

        JsonElement answer = await server.AnswerAsync("/predict", """{"inputs":[["bad"],["bad","fine"]],"truncate":true}""");

        Assert.Equal(["unsafe", "safe"], answer.EnumerateArray().Select(static labels => labels[0].GetProperty("label").GetString()));
    }

    [Theory]
    [InlineData("""{"inputs":["a","b","c"]}""")]
    [InlineData("""{"inputs":[["a"],"b"]}""")]
    [InlineData("""{"inputs":7}""")]
    [InlineData("""{"inputs":"a","raw_scores":true}""")]
    public async Task Post_WrongBody_IsAnErrorInItsShape(string body)
    {
        await using RunningServer server = await RunningServer.StartAsync();

        using HttpResponseMessage response = await server.PostAsync("/predict", body);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("Validation", (await RunningServer.JsonAsync(response)).GetProperty("error_type").GetString());
    }
}
