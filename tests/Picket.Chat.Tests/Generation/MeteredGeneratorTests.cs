using System.Net;

namespace Picket.Chat.Tests;

public sealed class MeteredGeneratorTests
{
    [Fact]
    public async Task Totals_AfterAnswersAndAFault_AreTheirSum()
    {
        using var server = new ScriptedServer(
            GeneratorRun.Chat("a"),
            GeneratorRun.Chat("b", "length"),
            ScriptedServer.Ok("""{"choices":[{"message":{"content":""},"finish_reason":"stop"}]}"""),
            new HttpResponseMessage(HttpStatusCode.BadRequest));
        using var http = new HttpClient(server);
        await using var meter = new MeteredGenerator(
            new ChatGenerator(GeneratorRun.Server, http, PrefixStyle.PrefixField, GeneratorRun.Options),
            new TokenPrices { PromptPerMillion = 2.5m, AnswerPerMillion = 10m });
        for (int i = 0; i < 3; i++)
        {
            await meter.GenerateAsync(GeneratorRun.Request, TestContext.Current.CancellationToken);
        }

        await Assert.ThrowsAsync<PicketException>(
            async () => await meter.GenerateAsync(GeneratorRun.Request, TestContext.Current.CancellationToken));
        GenerationTotals totals = meter.Totals;

        Assert.Equal((3, 1, 1, new TokenUsage(24, 6)), (totals.Requests, totals.Failures, totals.Uncounted, totals.Usage));
        Assert.Equal(((24 * 2.5m) + (6 * 10m)) / 1_000_000m, totals.Cost);
        Assert.Equal(
            [GenerationFinish.Stop, GenerationFinish.Length, GenerationFinish.Empty],
            totals.Finishes.Where(one => one.Value == 1).Select(one => one.Key));
    }

    [Fact]
    public void Constructor_NegativePrice_IsRefused()
    {
        using var http = new HttpClient();
        var inner = new ChatGenerator(GeneratorRun.Server, http, PrefixStyle.PrefixField);

        Assert.Throws<PicketException>(() => new MeteredGenerator(inner, new TokenPrices { AnswerPerMillion = -1 }));
    }
}
