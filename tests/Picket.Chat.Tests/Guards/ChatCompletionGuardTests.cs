namespace Picket.Chat.Tests;

public sealed class ChatCompletionGuardTests
{
    [Fact]
    public async Task ScoreAsync_Prompt_IsSentAsAConversation()
    {
        using var server = new ScriptedServer(ChatGuardRun.Chat("unsafe\nS1,S14", "unsafe", 0.6, "safe", 0.2));

        GuardScore score = await ChatGuardRun.ScoreAsync(server);

        Assert.Equal(
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"How do I bake bread?\"}],\"temperature\":0,\"max_tokens\":24,"
            + "\"logprobs\":true,\"top_logprobs\":20}",
            Assert.Single(server.Bodies));
        Assert.Equal(new Uri("https://guard.test/v1/chat/completions"), Assert.Single(server.Heads).Address);
        Assert.Equal(0.75, score.UnsafeProbability, 1e-9);
        Assert.Equal(["S1", "S14"], score.Categories);
        Assert.False(score.FromText);
    }

    [Fact]
    public async Task ScoreAsync_Response_IsTheAssistantsTurn()
    {
        using var server = new ScriptedServer(ChatGuardRun.Chat("safe"));

        await ChatGuardRun.ScoreAsync(server, input: new GuardInput("q", "a"));

        Assert.Contains(
            "[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":\"a\"}]",
            Assert.Single(server.Bodies),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task ScoreAsync_FullVocabulary_IsTheUnsafeWordsProbability()
    {
        using var server = new ScriptedServer(ChatGuardRun.Chat("unsafe", "unsafe", 0.6, "safe", 0.2));
        var options = new ChatGuardOptions { Probability = GuardProbability.FullVocabulary };

        Assert.Equal(0.6, (await ChatGuardRun.ScoreAsync(server, options: options)).UnsafeProbability, 1e-9);
    }

    [Theory]
    [InlineData("unsafe\nS2", 1, "S2")]
    [InlineData("safe", 0, "")]
    public async Task ScoreAsync_NoLogprobs_IsReadByItsWordAndSaysSo(string text, double expected, string category)
    {
        using var server = new ScriptedServer(ChatGuardRun.Chat(text));

        GuardScore score = await ChatGuardRun.ScoreAsync(server);

        Assert.Equal((expected, true, 200), (score.UnsafeProbability, score.FromText, score.Tokens));
        Assert.Equal(category, string.Join(',', score.Categories));
    }

    [Theory]
    [InlineData(false, "\"prompt\":\"<|start_header_id|>user")]
    [InlineData(true, "\"prompt\":\"<|begin_of_text|><|start_header_id|>user")]
    public async Task ScoreAsync_Completions_SendsTheRenderedPrompt(bool writesBegin, string begin)
    {
        using var server = new ScriptedServer(ChatGuardRun.Completion(("unsafe", 0.6, "safe", 0.2)));
        var options = new ChatGuardOptions { Service = GuardService.Completions, WritesBeginToken = writesBegin };

        GuardScore score = await ChatGuardRun.ScoreAsync(server, options: options);

        Assert.Equal(0.75, score.UnsafeProbability, 1e-9);
        string body = Assert.Single(server.Bodies);
        Assert.Contains(begin, body, StringComparison.Ordinal);
        Assert.EndsWith("\"temperature\":0,\"max_tokens\":24,\"logprobs\":20}", body, StringComparison.Ordinal);
        Assert.Equal(writesBegin, body.Contains("\"add_special_tokens\":false", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ScoreAsync_ShieldGemma_TakesTheMostUnsafeOfItsGuidelines()
    {
        using var server = new ScriptedServer((body, _, _) => Task.FromResult(body.Contains("No Hate Speech", StringComparison.Ordinal)
            ? ChatGuardRun.Completion(("Yes", 0.8, "No", 0.2))
            : ChatGuardRun.Completion(("No", 0.9, "Yes", 0.1))));

        GuardScore score = await ChatGuardRun.ScoreAsync(server, GuardTemplates.ShieldGemma);

        Assert.Equal(0.8, score.UnsafeProbability, 1e-9);
        Assert.Equal(["Hate Speech"], score.Categories);
        Assert.Equal(4, server.Bodies.Count);
    }

    [Theory]
    [InlineData(null, 0.9)]
    [InlineData("a", 0.3)]
    public async Task ScoreAsync_WildGuard_ReadsTheLineOfWhatIsJudged(string? response, double expected)
    {
        using var server = new ScriptedServer(ChatGuardRun.Completion(
            ("Harmful", 1, "x", 0.1), (" request", 1, "x", 0.1), (":", 1, "x", 0.1), (" yes", 0.9, " no", 0.1),
            ("\n", 1, "x", 0.1), ("Harmful", 1, "x", 0.1), (" response", 1, "x", 0.1), (":", 1, "x", 0.1), (" no", 0.7, " yes", 0.3)));

        GuardScore score = await ChatGuardRun.ScoreAsync(server, GuardTemplates.WildGuard, new GuardInput("q", response));

        Assert.Equal(expected, score.UnsafeProbability, 1e-9);
    }

    [Fact]
    public async Task ScoreAsync_Qwen3Guard_NamesItsCategories()
    {
        using var server = new ScriptedServer(ChatGuardRun.Chat("Safety: Controversial\nCategories: PII, Unethical Acts\nRefusal: No"));

        GuardScore score = await ChatGuardRun.ScoreAsync(server, GuardTemplates.Qwen3Guard);

        Assert.Equal((1, true), (score.UnsafeProbability, score.FromText));
        Assert.Equal(["PII", "Unethical Acts"], score.Categories);
    }

    [Fact]
    public async Task ScoreAsync_AnswersInAnyOrder_ScoresInTheOrderOfTheInputs()
    {
        var last = new TaskCompletionSource();
        using var server = new ScriptedServer(async (body, _, stop) =>
        {
            // The first input is answered after the last one.
            await (body.Contains("\"p0\"", StringComparison.Ordinal) ? last.Task.WaitAsync(stop) : Task.CompletedTask);
            if (body.Contains("\"p7\"", StringComparison.Ordinal))
            {
                last.TrySetResult();
            }

            return ChatGuardRun.Chat(body.Contains("\"p0\"", StringComparison.Ordinal) ? "unsafe" : "safe");
        });

        IReadOnlyList<GuardScore> scores = await ChatGuardRun.ScoreAllAsync(server, [.. Enumerable.Range(0, 8).Select(i => new GuardInput($"p{i}"))]);

        Assert.Equal([1, 0, 0, 0, 0, 0, 0, 0], scores.Select(score => score.UnsafeProbability));
    }
}
