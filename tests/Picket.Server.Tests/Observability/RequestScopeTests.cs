namespace Picket.Server.Tests;

public sealed class RequestScopeTests
{
    // ASP.NET's scope of a request names its address with the query, and costs every request an activity.
    [Fact]
    public async Task Post_WithLogging_HasNoScopeOfHosting()
    {
        await using RunningServer server = await RunningServer.StartAsync();

        using HttpResponseMessage _ = await server.PostAsync("/predict?secret=1", """{"inputs":"fine"}""");

        Assert.DoesNotContain("RequestPath", server.Logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/predict", server.Logs.Text, StringComparison.Ordinal);
    }
}
