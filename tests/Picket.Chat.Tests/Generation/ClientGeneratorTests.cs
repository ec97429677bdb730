using Microsoft.Extensions.AI;

namespace Picket.Chat.Tests;

public sealed class ClientGeneratorTests
{
    [Fact]
    public async Task GenerateAsync_Prefix_IsTheLastAssistantMessage()
    {
        using var client = new ScriptedClient((_, _, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, " and water"))
        {
            FinishReason = ChatFinishReason.Length,
            Usage = new UsageDetails { InputTokenCount = 9, OutputTokenCount = 2 },
        }));

        Generation answer = await AskAsync(client);

        Assert.Equal(new Generation(" and water", GenerationFinish.Length, new TokenUsage(9, 2)), answer);
        Assert.Equal("user: How do I bake bread?|assistant: Take flour", client.Asked);
        Assert.Equal((0.5f, 64, 7L), (client.Options!.Temperature, client.Options.MaxOutputTokens, client.Options.Seed));
    }

    [Fact]
    public async Task GenerateAsync_FaultThatPasses_IsTriedAgain()
    {
        using var client = new ScriptedClient((_, number, _) => number == 0
            ? throw new HttpRequestException("bread")
            : Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "x"))));

        Assert.Equal("x", (await AskAsync(client)).Text);
    }

    [Fact]
    public async Task GenerateAsync_FaultOfTheClient_NamesItsTypeAlone()
    {
        using var client = new ScriptedClient((_, _, _) => throw new NotSupportedException("bread"));

        PicketException fault = await Assert.ThrowsAsync<PicketException>(() => AskAsync(client));

        Assert.Equal("https://client.test/: expected an answer, found NotSupportedException", fault.Message);
        Assert.Null(fault.InnerException);
    }

    [Fact]
    public async Task GenerateAsync_ClientThatNeverAnswers_IsNamed()
    {
        using var client = new ScriptedClient(async (_, _, stop) =>
        {
            await Task.Delay(Timeout.Infinite, stop);
            return new ChatResponse();
        });

        PicketException fault = await Assert.ThrowsAsync<PicketException>(
            () => AskAsync(client, new HurriedClock(GeneratorRun.Timeout, timesOut: true)));

        Assert.Equal("https://client.test/: expected an answer within 7 s, found none; gave up after 3 tries", fault.Message);
    }

    private static async Task<Generation> AskAsync(ScriptedClient client, HurriedClock? clock = null)
    {
        await using var generator = new ClientGenerator(client, GeneratorRun.Options, clock ?? new HurriedClock(GeneratorRun.Timeout));
        return await generator.GenerateAsync(GeneratorRun.Request, TestContext.Current.CancellationToken);
    }
}
