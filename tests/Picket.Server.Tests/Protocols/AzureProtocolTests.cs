using System.Text.Json;

namespace Picket.Server.Tests;

public sealed class AzureProtocolTests
{
    private const string Path = "/contentsafety/text:analyze?api-version=2024-09-01";

    [Theory]
    [InlineData("""{"text":"fine"}""", new[] { 0, 0, 0, 0 })]
    [InlineData("""{"text":"bad"}""", new[] { 6, 6, 6, 6 })]
    [InlineData("""{"text":"bad","outputType":"EightSeverityLevels","categories":["hate"]}""", new[] { 7 })]
    public async Task Post_GuardWithoutCategories_SaysUnsafeInEveryCategoryThatIsAsked(string body, int[] severities)
    {
        await using RunningServer server = await RunningServer.StartAsync();

        JsonElement answer = await server.AnswerAsync(Path, body);

        Assert.Equal(
            severities,
            answer.GetProperty("categoriesAnalysis").EnumerateArray().Select(static item => item.GetProperty("severity").GetInt32()));
        Assert.Equal(0, answer.GetProperty("blocklistsMatch").GetArrayLength());
    }

    [Theory]
    [InlineData("""{"text":"a","categories":["Rudeness"]}""", "categories[0]")]
    [InlineData("""{"text":"a","blocklistNames":["mine"]}""", "blocklistNames")]
    [InlineData("""{"text":"a","outputType":"Two"}""", "outputType")]
    public async Task Post_WrongBody_IsAnAzureErrorThatNamesTheField(string body, string field)
    {
        await using RunningServer server = await RunningServer.StartAsync();

        using HttpResponseMessage response = await server.PostAsync(Path, body);

        JsonElement error = (await RunningServer.JsonAsync(response)).GetProperty("error");
        Assert.Equal(("InvalidRequestBody", field), (error.GetProperty("code").GetString(), error.GetProperty("target").GetString()));
    }
}
