using System.Net;
using static Picket.Server.Tests.ProxyRun;
using static Picket.Server.Tests.ScriptedUpstream;

namespace Picket.Server.Tests;

public sealed class CompletionProxyTests
{
    private const string Path = "/v1/completions";
    private const string Safe =
        """{"id":"x","choices":[{"index":0,"text":"fine","logprobs":{"tokens":["fi","ne"]},"finish_reason":"stop"}]}""";

    [Theory]
    [InlineData("""{"prompt":"fine"}""", HttpStatusCode.OK)]
    [InlineData("""{"prompt":"bad"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"prompt":["fine","bad"]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"prompt":"fine","suffix":"bad"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"prompt":[1,2,3]}""", HttpStatusCode.BadRequest)]
    public async Task Post_Prompts_AreChecked(string request, HttpStatusCode expected)
    {
        await using ProxyRun run = await StartAsync(Json(Safe));

        Assert.Equal(expected, (await run.AskAsync(request, Path)).Status);
    }

    [Theory]
    [InlineData("\"text\":\"bad\"")]
    [InlineData("\"text\":\"fine\",\"logprobs\":{\"tokens\":[\"b\",\"ad\"]}")]
    public async Task Post_UnsafeAnswer_IsReplaced(string choice)
    {
        await using ProxyRun run = await StartAsync(
            Json($$"""{"id":"x","choices":[{"index":0,{{choice}}}]}"""), Refusal(), Policy("RefusalText", "no"));

        Assert.Equal(
            (HttpStatusCode.OK, """{"id":"x","choices":[{"index":0,"text":"no","logprobs":null,"finish_reason":"content_filter"}]}"""),
            await run.AskAsync("""{"prompt":"fine"}""", Path));
    }

    [Fact]
    public async Task Post_UnsafeStream_EndsWithTheFilter()
    {
        await using ProxyRun run = await StartAsync(Stream([Event("\"text\":\"b\""), Event("\"text\":\"ad\""), Done]));

        (HttpStatusCode _, string body) = await run.AskAsync("""{"prompt":"fine","stream":true}""", Path);

        Assert.Equal(
            "data: {\"object\":\"text_completion\",\"id\":\"x\",\"choices\":["
            + "{\"index\":0,\"text\":\"\",\"logprobs\":null,\"finish_reason\":\"content_filter\"}]}\n\n" + Done,
            body);
    }

    [Fact]
    public async Task Post_SafeStream_ComesByteByByte()
    {
        string[] events = [Event("\"text\":\"fine\""), Event("\"text\":\"\",\"finish_reason\":\"stop\""), Done];
        await using ProxyRun run = await StartAsync(Stream(events));

        Assert.Equal((HttpStatusCode.OK, string.Concat(events)), await run.AskAsync("""{"prompt":"fine","stream":true}""", Path));
    }

    private static string Event(string choice) => $"data: {{\"id\":\"x\",\"choices\":[{{\"index\":0,{choice}}}]}}\n\n";
}
