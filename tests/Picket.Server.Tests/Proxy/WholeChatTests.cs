using System.Net;
using static Picket.Server.Tests.ProxyRun;
using static Picket.Server.Tests.ScriptedUpstream;

namespace Picket.Server.Tests;

public sealed class WholeChatTests
{
    private const string Fine = "\"content\":\"fine\"";

    [Fact]
    public async Task Post_SafeExchange_PassesBothWaysByteByByte()
    {
        string asked = Ask(more: "\"x_unknown\" : [1.50, \"\\u00e9\"], \"temperature\":1e0,");
        await using ProxyRun run = await StartAsync(Json(Said(Fine)));

        Assert.Equal((HttpStatusCode.OK, Said(Fine)), await run.AskAsync(asked));

        Assert.Equal((ChatPath, asked), (run.Upstream.Asked.Single().Path, run.Upstream.Asked.Single().Body));
    }

    [Fact]
    public async Task Post_UnsafePrompt_IsAContentFilterErrorAndNobodyIsAsked()
    {
        await using ProxyRun run = await StartAsync(Json(Said(Fine)));

        (HttpStatusCode status, string body) = await run.AskAsync(Ask("bad"));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("\"code\":\"content_filter\"", body, StringComparison.Ordinal);
        Assert.Empty(run.Upstream.Asked);
    }

    [Fact]
    public async Task Post_UnsafePromptAndRefusal_IsAnAnswerForEachChoice()
    {
        await using ProxyRun run = await StartAsync(Json(Said(Fine)), Refusal(), Policy("RefusalText", "no"));

        (HttpStatusCode status, string body) = await run.AskAsync(Ask("bad", "\"n\":2,"));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(2, body.Split("\"content\":\"no\"").Length - 1);
        Assert.Equal(2, body.Split("\"finish_reason\":\"content_filter\"").Length - 1);
    }

    [Theory]
    [InlineData("\"content\":\"bad\"")]
    [InlineData("\"content\":\"b\\u0061d\"")]
    [InlineData("\"content\":[{\"type\":\"text\",\"text\":\"bad\"}]")]
    [InlineData("\"content\":null,\"refusal\":\"bad\"")]
    [InlineData("\"content\":\"\",\"reasoning_content\":\"bad\"")]
    [InlineData(""" "tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{\"a\":\"b\\u0061d\"}"}}]""")]
    [InlineData("\"content\":null,\"tool_calls\":[{\"id\":\"1\",\"type\":\"custom\",\"custom\":{\"name\":\"f\",\"input\":\"bad\"}}]")]
    [InlineData("\"content\":null,\"function_call\":{\"name\":\"bad\",\"arguments\":\"{}\"}")]
    [InlineData("\"content\":null,\"audio\":{\"id\":\"a\",\"data\":\"AAAA\",\"transcript\":\"bad\"}")]
    [InlineData("\"content\":null,\"data\":\"a bad word\"")]
    [InlineData("\"content\":null,\"x_news_of_tomorrow\":{\"deep\":[\"bad\"]}")]
    public async Task Post_UnsafeAnywhereInTheAnswer_IsBlocked(string message)
    {
        await using ProxyRun run = await StartAsync(Json(Said(message)));

        (HttpStatusCode status, string body) = await run.AskAsync(Ask());

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.DoesNotContain("bad", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_OneChoiceUnsafeAndRefusal_IsReplacedAndTheRestStaysByteByByte()
    {
        await using ProxyRun run = await StartAsync(Json(Said(Fine, "\"content\":\"bad\"")), Refusal(), Policy("RefusalText", "no"));

        (HttpStatusCode status, string body) = await run.AskAsync(Ask(more: "\"n\":2,"));

        string expected = Said(Fine, "\"content\":\"no\",\"refusal\":null");
        int second = expected.LastIndexOf("stop", StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, expected[..second] + "content_filter" + expected[(second + 4)..]), (status, body));
    }

    [Fact]
    public async Task Post_Shadow_ChangesNothingAndCounts()
    {
        await using ProxyRun run = await StartAsync(Json(Said("\"content\":\"bad\"")), ("Picket:Policies:default:Shadow", "true"));

        Assert.Equal((HttpStatusCode.OK, Said("\"content\":\"bad\"")), await run.AskAsync(Ask("bad")));

        string metrics = await run.Server.GetAsync("/metrics");
        Assert.Contains("picket_verdicts_total{route=\"chat\",tier=\"small\",outcome=\"shadowed\"} 2", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_AnswersNotChecked_PassThem()
    {
        await using ProxyRun run = await StartAsync(Json(Said("\"content\":\"bad\"")), Policy("ChecksAnswers", "false"));

        Assert.Equal((HttpStatusCode.OK, Said("\"content\":\"bad\"")), await run.AskAsync(Ask()));
    }

    [Fact]
    public async Task Post_Answer_SaysWhereTheTimeWentAndWhichPolicyDecided()
    {
        await using ProxyRun run = await StartAsync(Json(Said(Fine)));

        using HttpResponseMessage response = await run.Server.PostAsync(ChatPath, Ask());

        Assert.Contains("upstream;dur=", response.Headers.GetValues("Server-Timing").Single(), StringComparison.Ordinal);
        Assert.Equal(run.Server.Get<PolicyBook>().Current.Version, response.Headers.GetValues("Picket-Policy").Single());
    }
}
