using System.Net;
using System.Text.Json;
using static Picket.Server.Tests.ProxyRun;
using static Picket.Server.Tests.ScriptedUpstream;

namespace Picket.Server.Tests;

public sealed class ResponsesProxyTests
{
    private const string Path = "/v1/responses";

    [Theory]
    [InlineData("""{"input":"fine","instructions":"bad"}""", HttpStatusCode.OK)]
    [InlineData("""{"input":"bad"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"input":[{"role":"user","content":[{"type":"input_text","text":"bad"}]}]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"input":[{"role":"user","content":"fine"},{"type":"function_call_output","call_id":"1","output":"bad"}]}""", HttpStatusCode.OK)]
    [InlineData("""{"prompt":{"id":"p","variables":{"who":"bad"}}}""", HttpStatusCode.BadRequest)]
    public async Task Post_Inputs_AreChecked(string request, HttpStatusCode expected)
    {
        await using ProxyRun run = await StartAsync(Json(Whole("fine")));

        Assert.Equal(expected, (await run.AskAsync(request, Path)).Status);
    }

    [Theory]
    [InlineData("""[{"type":"message","content":[{"type":"output_text","text":"bad"}]}]""")]
    [InlineData("""[{"type":"function_call","name":"f","arguments":"{\"a\":\"bad\"}"}]""")]
    [InlineData("""[{"type":"reasoning","summary":[{"type":"summary_text","text":"bad"}]}]""")]
    [InlineData("""[{"type":"x_new","y":{"z":"bad"}}]""")]
    public async Task Post_UnsafeAnswer_IsIncompleteByTheFilter(string output)
    {
        await using ProxyRun run = await StartAsync(
            Json($$"""{"id":"r1","object":"response","status":"completed","output":{{output}}}"""), Refusal(), Policy("RefusalText", "no"));

        (HttpStatusCode status, string body) = await run.AskAsync("""{"input":"fine"}""", Path);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.StartsWith(
            """{"id":"r1","object":"response","status":"incomplete","incomplete_details":{"reason":"content_filter"},"output":[""",
            body,
            StringComparison.Ordinal);
        Assert.DoesNotContain("bad", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_SafeStream_ComesByteByByte()
    {
        string[] events = Events("fi", "ne. It is so. ");
        await using ProxyRun run = await StartAsync(Stream(events));

        Assert.Equal((HttpStatusCode.OK, string.Concat(events)), await run.AskAsync("""{"input":"fine","stream":true}""", Path));
    }

    [Fact]
    public async Task Post_SafeStream_IsJudgedOnceThoughItSaysItsTextsAgain()
    {
        var small = new WordGuard();
        await using ProxyRun run = await StartAsync(Stream(Events("fi", "ne")), small);

        await run.AskAsync("""{"input":"How?","stream":true}""", Path);

        Assert.Equal([new GuardInput("How?"), new GuardInput("How?", "fine")], small.Calls.SelectMany(static call => call));
    }

    [Fact]
    public async Task Post_UnsafeStream_EndsIncompleteWithoutAWordOfIt()
    {
        await using ProxyRun run = await StartAsync(Stream(Events("b", "ad")));

        (HttpStatusCode _, string body) = await run.AskAsync("""{"input":"fine","stream":true}""", Path);

        Assert.StartsWith(Events("")[0] + "event: response.incomplete\ndata: ", body, StringComparison.Ordinal);
        Assert.Contains("\"id\":\"r1\"", body[Events("")[0].Length..], StringComparison.Ordinal);
        Assert.DoesNotContain("\"b", body, StringComparison.Ordinal);
        Assert.DoesNotContain("bad", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("b", "ad")]
    [InlineData("bad. It goes on and on, sentence by sentence. ", "And on. ")]
    public async Task Post_UnsafeStreamWithUsage_KeepsTheUsage(params string[] pieces)
    {
        string ended = Event("response.completed", "\"response\":{\"id\":\"r1\",\"output\":[],\"usage\":{\"total_tokens\":7}}");
        await using ProxyRun run = await StartAsync(Stream([.. Events(pieces)[..^1], ended]), Policy("ShortestStep", "10"));

        (HttpStatusCode _, string body) = await run.AskAsync("""{"input":"fine","stream":true}""", Path);

        Assert.Equal(2, body.Split("event: ").Length - 1);
        Assert.EndsWith("\"output\":[],\"usage\":{\"total_tokens\":7}}}\n\n", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_UnsafeStreamThatBreaksOff_IsIncompleteWithoutUsage()
    {
        await using ProxyRun run = await StartAsync(Stream([.. Events("bad. It goes on and on. ")[..2]]), Policy("ShortestStep", "10"));

        (HttpStatusCode _, string body) = await run.AskAsync("""{"input":"fine","stream":true}""", Path);

        Assert.EndsWith("\"incomplete_details\":{\"reason\":\"content_filter\"},\"output\":[]}}\n\n", body, StringComparison.Ordinal);
        await run.Server.AssertServesAsync();
    }

    [Fact]
    public async Task Post_StreamThatSaysSomethingElseAtItsEnd_IsJudgedByThatToo()
    {
        string[] events = [.. Events("fine")[..2], Event("response.completed", $"\"response\":{Whole("bad")}")];
        await using ProxyRun run = await StartAsync(Stream(events));

        (HttpStatusCode _, string body) = await run.AskAsync("""{"input":"fine","stream":true}""", Path);

        Assert.DoesNotContain("bad", body, StringComparison.Ordinal);
        Assert.Contains("response.incomplete", body, StringComparison.Ordinal);
    }

    private static string Whole(string text) =>
        """{"id":"r1","object":"response","status":"completed","output":[{"type":"message","content":["""
        + $$"""{"type":"output_text","text":{{JsonSerializer.Serialize(text)}}}]}]}""";

    private static string Event(string type, string fields) => $$"""event: {{type}}""" + "\n" + $$"""data: {"type":"{{type}}",{{fields}}}""" + "\n\n";

    private static string[] Events(params string[] pieces) =>
    [
        Event("response.created", """ "response":{"id":"r1","object":"response","status":"in_progress","output":[]}"""),
        .. pieces.Select(static piece => Event(
            "response.output_text.delta", $"\"output_index\":0,\"content_index\":0,\"delta\":{JsonSerializer.Serialize(piece)}")),
        Event("response.output_text.done", $"\"text\":{JsonSerializer.Serialize(string.Concat(pieces))}"),
        Event("response.completed", $"\"response\":{Whole(string.Concat(pieces))}"),
    ];
}
