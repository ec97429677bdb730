using System.Net;

namespace Picket.Server.Tests;

public sealed class EntranceTests
{
    private const string Body = """{"input":"fine"}""";

    [Fact]
    public async Task Post_WithoutOrWithAnotherKey_IsUnauthorizedInTheApisShape()
    {
        (string _, (string, string)[] settings) = Key("Check");
        await using RunningServer server = await RunningServer.StartAsync(settings);

        using HttpResponseMessage none = await server.PostAsync("/v1/moderations", Body);
        using HttpResponseMessage other = await server.PostAsync("/v1/moderations", Body, "pk-other");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (none.StatusCode, other.StatusCode));
        Assert.Equal("invalid_api_key", (await RunningServer.JsonAsync(none)).GetProperty("error").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("Authorization", "Bearer ")]
    [InlineData("api-key", "")]
    [InlineData("Ocp-Apim-Subscription-Key", "")]
    [InlineData("x-api-key", "")]
    public async Task Post_WithTheKeyInAnyHeader_IsAnswered(string header, string before)
    {
        (string key, (string, string)[] settings) = Key("Check");
        await using RunningServer server = await RunningServer.StartAsync(settings);
        server.Http.DefaultRequestHeaders.Add(header, before + key);

        await server.AnswerAsync("/v1/moderations", Body);
    }

    [Fact]
    public async Task Get_KeyWithoutTheScope_IsForbidden()
    {
        (string key, (string, string)[] settings) = Key("Check");
        await using RunningServer server = await RunningServer.StartAsync(settings);
        server.Http.DefaultRequestHeaders.Add("api-key", key);

        using HttpResponseMessage response = await server.Http.GetAsync("/metrics", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Post_BeyondTheKeysRate_IsTooManyWithRetryAfter()
    {
        (string key, (string, string)[] settings) = Key("Check");
        await using RunningServer server = await RunningServer.StartAsync([.. settings, ("Picket:Keys:team:RequestsPerMinute", "1")]);

        using HttpResponseMessage first = await server.PostAsync("/v1/moderations", Body, key);
        using HttpResponseMessage second = await server.PostAsync("/v1/moderations", Body, key);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.TooManyRequests), (first.StatusCode, second.StatusCode));
        Assert.InRange(second.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
    }

    [Fact]
    public async Task Post_WithoutKeysUnderAnothersName_IsForbidden()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.Http.DefaultRequestHeaders.Host = "pages.example";

        using HttpResponseMessage response = await server.PostAsync("/v1/moderations", Body);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    private static (string Key, (string, string)[] Settings) Key(string scope)
    {
        (string key, string hash) = KeyRing.Create();
        return (key, [("Picket:Keys:team:Hash", hash), ("Picket:Keys:team:Scopes:0", scope)]);
    }
}
