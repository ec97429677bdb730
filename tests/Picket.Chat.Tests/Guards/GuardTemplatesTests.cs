namespace Picket.Chat.Tests;

/// <summary>
/// The published prompts, to the character, for the prompt "What is dough?" and the response "Flour and water.": the files in
/// <c>Published</c>, rendered by hand from the sources below. A line feed is put behind each, so that the files end with one.
/// </summary>
public sealed class GuardTemplatesTests
{
    // llama-guard-3: meta-llama/llama-recipes prompt_format_utils.py and llama-stack llama_guard.py; then the "\n\n" of METHODS.md section 1.4.
    // granite-guardian-3: the chat template in the tokenizer of ibm-granite/granite-guardian-3.0 and 3.1, risk "harm".
    // shieldgemma: the chat template in the tokenizer of google/shieldgemma-9b; guidelines of the model card, "Use Case 1" and "Use Case 2".
    // wildguard: allenai/wildguard wildguard/utils.py, WILDGUARD_INPUT_FORMAT.
    // qwen3guard: the chat template in the tokenizer of Qwen/Qwen3Guard-Gen.
    [Theory]
    [InlineData("llama-guard-3", "prompt")]
    [InlineData("llama-guard-3-1b", "pair")]
    [InlineData("granite-guardian-3", "prompt")]
    [InlineData("granite-guardian-3", "pair")]
    [InlineData("shieldgemma", "prompt", 1)]
    [InlineData("shieldgemma", "pair")]
    [InlineData("wildguard", "prompt")]
    [InlineData("wildguard", "pair")]
    [InlineData("qwen3guard", "prompt")]
    [InlineData("qwen3guard", "pair")]
    public async Task Questions_OfEveryFamily_AreThePublishedText(string name, string kind, int question = 0)
    {
        GuardTemplate template = GuardTemplates.Find(name);
        var input = new GuardInput("What is dough?", kind == "pair" ? "Flour and water." : null);

        Assert.Equal(await PublishedAsync($"{name}.{kind}.txt"), WildGuardsBegin(template) + template.Questions(input)[question].Prompt);
    }

    [Fact]
    public void Questions_LlamaGuard_TrimsItsTexts() => Assert.Contains(
        "\n\nUser: q\n\nAgent: a\n\n<END",
        GuardTemplates.LlamaGuard3.Questions(new GuardInput(" q\n", " a "))[0].Prompt,
        StringComparison.Ordinal);

    [Fact]
    public void Find_EveryName_GivesIt() =>
        Assert.All(GuardTemplates.All, template => Assert.Same(template, GuardTemplates.Find(template.Name.ToUpperInvariant())));

    // The one published text that has the token in it.
    private static string WildGuardsBegin(GuardTemplate template) => template.Name == "wildguard" ? template.Begin : "";

    private static async Task<string> PublishedAsync(string file)
    {
        await using Stream text = typeof(GuardTemplatesTests).Assembly.GetManifestResourceStream($"Published.{file}")!;
        using var reader = new StreamReader(text);
        return (await reader.ReadToEndAsync(TestContext.Current.CancellationToken))[..^1];
    }
}
