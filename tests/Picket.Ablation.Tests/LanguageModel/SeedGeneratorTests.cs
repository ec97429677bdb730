using Picket.Chat;
using Picket.Data;
using Picket.Training.Augmentation;

namespace Picket.Ablation.Tests;

public sealed class SeedGeneratorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, "copper")]
    [InlineData(true, "silver")]
    public async Task GenerateAsync_EitherAsk_IsAnsweredByItsModel(bool benign, string mark)
    {
        await using var generator = SeedGenerator.Of(Rows(), longest: 100, order: 3);
        GenerationPrompt prompt = new HarmAugPrompt(["one", "two", "three"], new HarmAugPromptOptions { Benign = benign }).Create(1);

        var request = new GenerationRequest([new ChatTurn(ChatSpeaker.User, prompt.Messages[0].Content)])
        {
            AssistantPrefix = prompt.AssistantPrefix,
            Temperature = 0,
        };
        Generation found = await generator.GenerateAsync(request, Token);

        Assert.Equal($" Polish the {mark} spoon.", found.Text);
    }

    [Fact]
    public async Task GenerateAsync_ProbeForPrefixes_IsHonoured()
    {
        await using var generator = SeedGenerator.Of(Rows(), longest: 100, order: 4);

        Assert.True(await PrefixProbe.IsHonouredAsync(generator, Token));
    }

    [Fact]
    public async Task Of_Rows_LearnsWhatExemplarsAreTakenFrom()
    {
        Example[] more = [Row("Carry the glass spoon.", false) with { Response = "Gladly." }, Row(new string('a', 101), true), .. Rows()];

        await using var generator = SeedGenerator.Of(more, longest: 100, order: 4);

        Assert.Equal("kneser-ney-4 of 1 harmful and 1 harmless seed prompts", generator.Description.Name);
    }

    private static Example[] Rows() =>
        [Row("Polish the copper spoon.", true), Row("Polish the copper spoon.", true), Row("Polish the silver spoon.", false)];

    private static Example Row(string prompt, bool isUnsafe) => new() { Id = "row", Prompt = prompt, Unsafe = isUnsafe };
}
