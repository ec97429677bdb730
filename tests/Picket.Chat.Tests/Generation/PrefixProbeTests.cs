using System.Net;
using Microsoft.Extensions.AI;

namespace Picket.Chat.Tests;

public sealed class PrefixProbeTests
{
    private const string Anew = "The capital of France is Paris.";

    [Theory]
    [InlineData("continue_final_message", PrefixStyle.ContinueFinalMessage, 1)]
    [InlineData("\"prefix\":true", PrefixStyle.PrefixField, 2)]
    [InlineData("\"role\":\"assistant\"", PrefixStyle.ContinueFinalMessage, 1)]
    [InlineData("\"prompt\":", PrefixStyle.RenderedTemplate, 4)]
    public async Task FindAsync_ServerThatHonoursAStyle_GetsIt(string mark, PrefixStyle expected, int requests)
    {
        using var server = new ScriptedServer((body, _, _) => Task.FromResult(Answer(body, body.Contains(mark, StringComparison.Ordinal))));

        Assert.Equal(expected, await FindAsync(server));
        Assert.Equal(requests, server.Bodies.Count);
    }

    [Fact]
    public async Task FindAsync_ServerThatKnowsOnlyATrailingMessage_GetsIt()
    {
        using var server = new ScriptedServer((body, number, _) => Task.FromResult(number == 2
            ? Answer(body, honours: true)
            : new HttpResponseMessage(HttpStatusCode.BadRequest)));

        Assert.Equal(PrefixStyle.TrailingMessage, await FindAsync(server));
    }

    [Fact]
    public async Task FindAsync_ServerThatRepeatsThePrefix_IsHonoured()
    {
        using var server = new ScriptedServer((_, _, _) => Task.FromResult(GeneratorRun.Chat(PrefixProbe.Request.AssistantPrefix + "is.")));

        Assert.Equal(PrefixStyle.ContinueFinalMessage, await FindAsync(server));
    }

    [Fact]
    public async Task FindAsync_ServerThatIgnoresAll_FailsWithTheServerAndTheStyles()
    {
        using var server = new ScriptedServer((body, number, _) => Task.FromResult(number switch
        {
            1 => new HttpResponseMessage(HttpStatusCode.UnprocessableEntity),
            2 => GeneratorRun.Chat(""),
            _ => Answer(body, honours: false),
        }));

        PicketException fault = await Assert.ThrowsAsync<PicketException>(() => FindAsync(server));

        Assert.Equal(
            "https://llm.test/v1/chat/completions: expected a server that goes on with a prefilled assistant turn, found none; tried "
            + "chat with continue_final_message: answered anew; chat with prefix: refused (HTTP 422); "
            + "chat with a trailing assistant message: gave no text (Empty); completions with the template gemma: answered anew",
            fault.Message);
    }

    [Fact]
    public async Task FindAsync_WrongKey_IsToldAtOnce()
    {
        using var server = new ScriptedServer(new HttpResponseMessage(HttpStatusCode.Unauthorized));

        PicketException fault = await Assert.ThrowsAsync<PicketException>(() => FindAsync(server));

        Assert.EndsWith("found 401 (Unauthorized); no API key was sent", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("is.", true)]
    [InlineData("is", true)]
    [InlineData(" is", false)]
    [InlineData("island", false)]
    [InlineData(Anew, false)]
    public async Task IsHonouredAsync_ChatClient_IsAsked(string answer, bool expected)
    {
        using var client = new ScriptedClient((_, _, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, answer))));
        await using var generator = new ClientGenerator(client);

        Assert.Equal(expected, await PrefixProbe.IsHonouredAsync(generator, TestContext.Current.CancellationToken));
    }

    private static HttpResponseMessage Answer(string body, bool honours)
    {
        string text = honours ? "is." : Anew;
        return body.Contains("\"prompt\":", StringComparison.Ordinal) ? GeneratorRun.Completion(text) : GeneratorRun.Chat(text);
    }

    private static async Task<PrefixStyle> FindAsync(ScriptedServer server)
    {
        using var http = new HttpClient(server);
        await using IGenerator found = await RemoteGenerators.FindAsync(
            GeneratorRun.Server,
            http,
            GeneratorRun.Options,
            ChatTemplates.Gemma,
            new HurriedClock(GeneratorRun.Timeout),
            TestContext.Current.CancellationToken);
        return found.Description.Prefix;
    }
}
