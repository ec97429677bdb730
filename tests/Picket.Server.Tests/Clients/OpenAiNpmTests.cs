using System.Text.Json;
using static Picket.Server.Tests.ProxyRun;
using static Picket.Server.Tests.ScriptedUpstream;

namespace Picket.Server.Tests;

/// <summary>The npm package <c>openai</c> against a running server.</summary>
public sealed class OpenAiNpmTests
{
    [Fact]
    public async Task Moderations_SeveralTexts_AreFlaggedEach()
    {
        await using RunningServer server = await RunningServer.StartAsync();

        JsonElement said = await NpmClient.CallAsync(server.Address, "moderation", "fine|bad");

        Assert.Equal("{\"flagged\":[false,true],\"categories\":13}", said.GetRawText());
    }

    [Fact]
    public async Task Chat_SafeAnswer_IsRead()
    {
        await using ProxyRun run = await StartAsync(Json(Said("\"content\":\"flour\"")));

        JsonElement said = await NpmClient.CallAsync(run.Server.Address, "chat", "fine");

        Assert.Equal("{\"text\":\"flour\",\"finish\":\"stop\"}", said.GetRawText());
    }

    [Theory]
    [InlineData("bad", "flour")]
    [InlineData("fine", "bad")]
    public async Task Chat_Blocked_IsABadRequestWithTheFiltersCode(string prompt, string answer)
    {
        await using ProxyRun run = await StartAsync(Json(Said($"\"content\":\"{answer}\"")));

        JsonElement said = await NpmClient.CallAsync(run.Server.Address, "chat", prompt);

        Assert.Equal("{\"error\":\"BadRequestError\",\"status\":400,\"code\":\"content_filter\"}", said.GetRawText());
    }

    [Fact]
    public async Task Stream_SafeAnswer_IsReadToItsUsage()
    {
        await using ProxyRun run = await StartAsync(Stream([Says("flo"), Says("ur"), Stops(), Usage, Done]));

        JsonElement said = await NpmClient.CallAsync(run.Server.Address, "stream", "fine");

        Assert.Equal("{\"text\":\"flour\",\"finish\":\"stop\",\"usage\":7}", said.GetRawText());
    }

    [Fact]
    public async Task Stream_UnsafeAnswer_EndsWithTheFilterAndNoWordOfIt()
    {
        await using ProxyRun run = await StartAsync(Stream([Says("b"), Says("ad"), Stops(), Usage, Done]));

        JsonElement said = await NpmClient.CallAsync(run.Server.Address, "stream", "fine");

        Assert.Equal("{\"text\":\"\",\"finish\":\"content_filter\",\"usage\":7}", said.GetRawText());
    }

    [Fact]
    public async Task Stream_CutByTheUpstream_IsAFault()
    {
        await using ProxyRun run = await StartAsync(Stream([Says("flour"), "nonsense\n\n"]));

        JsonElement said = await NpmClient.CallAsync(run.Server.Address, "stream", "fine");

        Assert.Equal("upstream_invalid", said.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Responses_UnsafeStream_IsIncompleteByTheFilter()
    {
        await using ProxyRun run = await StartAsync(Stream(
        [
            "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"delta\":\"bad\",\"output_index\":0}\n\n",
            "event: response.completed\ndata: {\"type\":\"response.completed\",\"response\":{\"status\":\"completed\",\"output\":[]}}\n\n",
        ]));

        JsonElement said = await NpmClient.CallAsync(run.Server.Address, "responses", "fine");

        Assert.Equal("{\"text\":\"\",\"status\":\"incomplete\",\"reason\":\"content_filter\"}", said.GetRawText());
    }
}
