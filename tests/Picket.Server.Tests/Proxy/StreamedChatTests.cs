using System.Net;
using static Picket.Server.Tests.ProxyRun;
using static Picket.Server.Tests.ScriptedUpstream;

namespace Picket.Server.Tests;

public sealed class StreamedChatTests
{
    [Fact]
    public async Task Post_SafeStream_ComesByteByByte()
    {
        string[] events = [": wait\r\n\r\n", Chunk("\"role\":\"assistant\",\"content\":\"\""), Says("fi"), Says("ne\u00e9"), Stops(), Usage, Done];
        await using ProxyRun run = await StartAsync(Stream(events));

        Assert.Equal((HttpStatusCode.OK, string.Concat(events)), await run.AskAsync(AskForStream()));
    }

    [Fact]
    public async Task Post_UnsafeStream_EndsWithTheFilterAndDone()
    {
        await using ProxyRun run = await StartAsync(Stream([Says("so b"), Says("ad"), Says(" more"), Stops(), Done]));

        (HttpStatusCode status, string body) = await run.AskAsync(AskForStream());

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(
            "data: {\"object\":\"chat.completion.chunk\",\"id\":\"c1\",\"created\":1,\"model\":\"m\",\"choices\":["
            + "{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"content_filter\"}]}\n\n" + Done,
            body);
    }

    [Fact]
    public async Task Post_UnsafeStreamWithUsage_KeepsTheUsage()
    {
        await using ProxyRun run = await StartAsync(Stream([Says("bad"), Stops(), Usage, Done]), Refusal(), Policy("RefusalText", "no"));

        (HttpStatusCode _, string body) = await run.AskAsync(AskForStream("\"stream_options\":{\"include_usage\":true},"));

        Assert.Contains("\"content\":\"no\"", body, StringComparison.Ordinal);
        Assert.EndsWith(Usage + Done, body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_OneOfTwoChoicesUnsafe_TheOtherIsComplete()
    {
        await using ProxyRun run = await StartAsync(Stream([Says("bad", 0), Says("fine", 1), Stops(0), Stops(1), Done]));

        (HttpStatusCode _, string body) = await run.AskAsync(AskForStream("\"n\":2,"));

        Assert.DoesNotContain("bad", body, StringComparison.Ordinal);
        Assert.Contains(Says("fine", 1) + Stops(1) + Done, body, StringComparison.Ordinal);
        Assert.Contains("{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"content_filter\"}", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_UnsafeToolArgumentsInPieces_AreBlocked()
    {
        await using ProxyRun run = await StartAsync(Stream(
        [
            Chunk("\"tool_calls\":[{\"index\":0,\"id\":\"t\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]"),
            Chunk("\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"a\\\":\\\"b\\\\u00\"}}]"),
            Chunk("\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"61d\\\"}\"}}]"),
            Chunk("", finish: "\"tool_calls\""), Done,
        ]));

        (HttpStatusCode _, string body) = await run.AskAsync(AskForStream());

        Assert.DoesNotContain("arguments", body, StringComparison.Ordinal);
        Assert.Contains("content_filter", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_UnsafePromptAndRefusal_IsAStream()
    {
        await using ProxyRun run = await StartAsync(Stream([Done]), Refusal(), Policy("RefusalText", "no"));

        (HttpStatusCode status, string body) = await run.AskAsync(Ask("bad", "\"stream\":true,"));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("\"delta\":{\"role\":\"assistant\",\"content\":\"no\"}", body, StringComparison.Ordinal);
        Assert.EndsWith("\"finish_reason\":\"content_filter\"}]}\n\n" + Done, body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_Shadow_PassesAtOnceAndCounts()
    {
        string[] events = [Says("bad"), "no event\n\n", Stops(), Done];
        await using ProxyRun run = await StartAsync(Stream(events), ("Picket:Policies:default:Shadow", "true"));

        Assert.Equal((HttpStatusCode.OK, string.Concat(events)), await run.AskAsync(AskForStream()));

        Assert.Contains("outcome=\"shadowed\"", await run.Server.GetAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_FirstWindow_LeavesWhileTheUpstreamGoesOn()
    {
        var seen = new TaskCompletionSource();
        string first = Says(new string('x', 60) + ". " + new string('y', 100) + ". ");
        await using ProxyRun run = await StartAsync(
            Stream([first, Says(new string('z', 200) + ". ")], _ => seen.Task), Policy("ShortestStep", "50"), Policy("Overlap", "10"));

        (HttpResponseMessage answer, Stream body) = await run.OpenAsync(AskForStream());
        byte[] read = new byte[first.Length];
        await body.ReadExactlyAsync(read, TestContext.Current.CancellationToken);
        seen.SetResult();

        Assert.Equal(first, System.Text.Encoding.UTF8.GetString(read));
        answer.Dispose();
    }
}
