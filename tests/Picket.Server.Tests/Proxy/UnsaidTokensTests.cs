using System.Net;
using static Picket.Server.Tests.ProxyRun;
using static Picket.Server.Tests.ScriptedUpstream;

namespace Picket.Server.Tests;

public sealed class UnsaidTokensTests
{
    private const string Told = "[{\"token\":\"fine\",\"logprob\":-0.1},{\"token\":\"bad\",\"logprob\":-2}]";

    [Theory]
    [InlineData("top_logprobs")]
    [InlineData("top\\u005flogprobs")]
    public async Task Post_StreamWithAlternatives_LeavesWithoutThem(string name)
    {
        await using ProxyRun run = await StartAsync(Stream([Says(name, Told), Stops(), Done]));

        Assert.Equal((HttpStatusCode.OK, Says("top_logprobs", "[]") + Stops() + Done), await run.AskAsync(AskForStream()));
    }

    [Fact]
    public async Task Post_WholeAnswerWithAlternatives_LeavesWithoutThem()
    {
        await using ProxyRun run = await StartAsync(Json(Whole(Told)));

        Assert.Equal((HttpStatusCode.OK, Whole("[]")), await run.AskAsync(Ask()));
    }

    [Theory]
    [InlineData("Picket:Policies:default:Shadow", "true")]
    [InlineData("Picket:Policies:default:Proxy:ChecksAnswers", "false")]
    public async Task Post_AnswerThatIsNotHeldBack_KeepsThem(string key, string value)
    {
        await using ProxyRun run = await StartAsync(Json(Whole(Told)), (key, value));

        Assert.Equal((HttpStatusCode.OK, Whole(Told)), await run.AskAsync(Ask()));
    }

    [Fact]
    public async Task Post_StreamOfSeveralLinesAnEvent_StaysAStream()
    {
        string lines = Says("top_logprobs", Told).Replace(",\"created\"", ",\ndata: \"created\"", StringComparison.Ordinal);
        await using ProxyRun run = await StartAsync(Stream([lines, Stops(), Done]));

        Assert.Equal((HttpStatusCode.OK, Says("top_logprobs", "[]") + Stops() + Done), await run.AskAsync(AskForStream()));
    }

    private static string Whole(string alternatives) =>
        "{\"id\":\"c1\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"fine\"},\"logprobs\":"
        + $"{Tokens("top_logprobs", alternatives)},\"finish_reason\":\"stop\"}}]}}";

    private static string Says(string name, string alternatives) =>
        Chunk("\"content\":\"fine\"").Replace(
            "\"finish_reason\"", $"\"logprobs\":{Tokens(name, alternatives)},\"finish_reason\"", StringComparison.Ordinal);

    private static string Tokens(string name, string alternatives) =>
        $$"""{"content":[{"token":"fine","logprob":-0.1,"bytes":[102],"{{name}}":{{alternatives}}}],"refusal":null}""";
}
