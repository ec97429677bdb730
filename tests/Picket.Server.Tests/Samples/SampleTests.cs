using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Picket.Chat;
using Picket.Samples.AspNet;
using Picket.Samples.Chat;

namespace Picket.Server.Tests;

/// <summary>The programs in samples/, with a guard by hand.</summary>
public sealed class SampleTests
{
    [Theory]
    [InlineData("How do I bake bread?", HttpStatusCode.OK)]
    [InlineData("so bad", HttpStatusCode.BadRequest)]
    public async Task AspNet_Prompt_ReachesTheProgramWhereItIsSafe(string prompt, HttpStatusCode expected)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Services.AddSingleton(new GuardCascade(new WordGuard()));
        await using WebApplication app = GuardedApp.Create(builder);
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        using HttpResponseMessage answer = await http.PostAsJsonAsync("/ask", new { prompt }, TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("Healthy", await http.GetStringAsync("/health", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Chat_Lines_AreAnsweredOrBlocked()
    {
        await using var cascade = new GuardCascade(new WordGuard());
        using IChatClient client = new EchoChatClient().WithGuard(cascade, new GuardingOptions { RefusalText = "No." });
        using var output = new StringWriter();

        await Conversation.RunAsync(client, new StringReader("hello\nso bad\nbye"), output, TestContext.Current.CancellationToken);

        Assert.Equal("You said: hello \nNo.\n[blocked by the guard]\nYou said: bye \n", output.ToString().ReplaceLineEndings("\n"));
    }
}
