namespace Picket.Chat.Tests;

public sealed class CompletionGeneratorTests
{
    [Theory]
    [InlineData(false, "", "")]
    [InlineData(true, "<bos>", "\"add_special_tokens\":false,")]
    public async Task GenerateAsync_Request_SendsTheRenderedPrompt(bool writesBegin, string begin, string field)
    {
        using var server = new ScriptedServer(GeneratorRun.Completion(" and water"));
        using var http = new HttpClient(server);
        var options = new GeneratorOptions { Model = "m", WritesBeginToken = writesBegin };
        await using var generator = new CompletionGenerator(GeneratorRun.Server, http, ChatTemplates.Gemma, options);

        Generation answer = await generator.GenerateAsync(GeneratorRun.Request, TestContext.Current.CancellationToken);

        Assert.Equal(
            "{\"model\":\"m\",\"prompt\":\"" + begin + "<start_of_turn>user\\nHow do I bake bread?<end_of_turn>\\n"
            + "<start_of_turn>model\\nTake flour\","
            + field + "\"temperature\":0.5,\"top_p\":0.9,\"max_tokens\":64,\"seed\":7,\"stop\":[\"END\",\"<end_of_turn>\"]}",
            Assert.Single(server.Bodies));
        Assert.Equal(new Generation(" and water", GenerationFinish.Stop), answer);
        Assert.Equal(new Uri("https://llm.test/v1/completions"), Assert.Single(server.Heads).Address);
    }
}
