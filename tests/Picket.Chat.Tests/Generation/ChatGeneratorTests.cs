namespace Picket.Chat.Tests;

public sealed class ChatGeneratorTests
{
    private const string Sampling = "\"temperature\":0.5,\"top_p\":0.9,\"max_tokens\":64,\"seed\":7,\"stop\":[\"END\"]}";
    private const string Question = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"How do I bake bread?\"}";

    [Theory]
    [InlineData(
        PrefixStyle.ContinueFinalMessage,
        ",{\"role\":\"assistant\",\"content\":\"Take flour\"}],\"continue_final_message\":true,\"add_generation_prompt\":false,")]
    [InlineData(PrefixStyle.PrefixField, ",{\"role\":\"assistant\",\"content\":\"Take flour\",\"prefix\":true}],")]
    [InlineData(PrefixStyle.TrailingMessage, ",{\"role\":\"assistant\",\"content\":\"Take flour\"}],")]
    public async Task GenerateAsync_Prefix_IsSentInTheStyle(PrefixStyle style, string expected)
    {
        using var server = new ScriptedServer(GeneratorRun.Chat(", water and salt."));

        Generation answer = await GeneratorRun.AskAsync(server, style);

        Assert.Equal(Question + expected + Sampling, Assert.Single(server.Bodies));
        Assert.Equal(new Uri("https://llm.test/v1/chat/completions"), Assert.Single(server.Heads).Address);
        Assert.Equal(new Generation(", water and salt.", GenerationFinish.Stop, new TokenUsage(12, 3)), answer);
    }

    [Theory]
    [InlineData(PrefixStyle.ContinueFinalMessage)]
    [InlineData(PrefixStyle.PrefixField)]
    public async Task GenerateAsync_NoPrefix_SendsNoFieldOfTheStyle(PrefixStyle style)
    {
        using var server = new ScriptedServer(GeneratorRun.Chat("Take flour."));

        await GeneratorRun.AskAsync(server, style, request: new GenerationRequest(GeneratorRun.Request.Turns));

        Assert.Equal(Question + "]}", Assert.Single(server.Bodies));
    }

    [Fact]
    public async Task GenerateAsync_ServerThatRepeatsThePrefix_GivesTheRest()
    {
        using var server = new ScriptedServer(GeneratorRun.Chat("Take flour and water."));

        Assert.Equal(" and water.", (await GeneratorRun.AskAsync(server)).Text);
    }

    [Theory]
    [InlineData("""{"message":{"content":"x"},"finish_reason":"length"}""", GenerationFinish.Length, "x")]
    [InlineData("""{"message":{"content":"x"},"finish_reason":"eos_token"}""", GenerationFinish.Stop, "x")]
    [InlineData("""{"message":{"content":"x"},"finish_reason":null}""", GenerationFinish.Other, "x")]
    [InlineData("""{"message":{"content":"x"},"finish_reason":"content_filter"}""", GenerationFinish.Filtered, "")]
    [InlineData("""{"message":{"content":null,"refusal":"No."},"finish_reason":"stop"}""", GenerationFinish.Refused, "")]
    [InlineData("""{"message":{"content":null},"finish_reason":"stop"}""", GenerationFinish.Empty, "")]
    [InlineData("""{"message":{"content":" \n"},"finish_reason":"stop"}""", GenerationFinish.Empty, "")]
    public async Task GenerateAsync_Ending_IsTold(string choice, GenerationFinish finish, string text)
    {
        using var server = new ScriptedServer(ScriptedServer.Ok($$"""{"choices":[{{choice}}]}"""));

        Assert.Equal(new Generation(text, finish), await GeneratorRun.AskAsync(server));
    }

    [Fact]
    public async Task GenerateAsync_SameAnswerTwice_GivesBoth()
    {
        using var server = new ScriptedServer(GeneratorRun.Chat("same"), GeneratorRun.Chat("same"));

        Assert.Equal(await GeneratorRun.AskAsync(server), await GeneratorRun.AskAsync(server));
        Assert.Equal(2, server.Bodies.Count);
    }

    [Fact]
    public void Constructor_RenderedTemplate_IsRefused()
    {
        using var http = new HttpClient();

        Assert.Throws<PicketException>(() => new ChatGenerator(GeneratorRun.Server, http, PrefixStyle.RenderedTemplate));
    }

    [Fact]
    public void ToString_OfTextsAndRequests_HoldsNoText()
    {
        string all = $"{GeneratorRun.Request} {GeneratorRun.Request.Turns[0]} {new Generation("bread", GenerationFinish.Stop)}";

        Assert.DoesNotContain("bread", all, StringComparison.Ordinal);
        Assert.DoesNotContain("flour", all, StringComparison.Ordinal);
    }
}
