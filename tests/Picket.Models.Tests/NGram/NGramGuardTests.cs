using Picket.Models.NGram;
using Picket.Text;

namespace Picket.Models.Tests.NGram;

public sealed class NGramGuardTests
{
    private static readonly NGramGuard s_guard = RandomNetwork.Guard();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ScoreAsync_ShortInput_GivesTemperedProbabilityFeaturesAndWords()
    {
        float[] features = new float[RandomNetwork.Shape.Hidden];
        float logit = RandomNetwork.Create().Score("How do I bake bread?", "", isPair: false, new NGramScratch(), features, out _);

        GuardScore score = await ScoreAsync("How do I bake bread?");

        Assert.Equal(1 / (1 + Math.Exp(-logit / RandomNetwork.Manifest.Temperature)), score.UnsafeProbability, 12);
        Assert.Equal(features, score.Features.ToArray());
        Assert.Equal((6, 1), (score.Tokens, score.Windows));
    }

    [Fact]
    public async Task ScoreAsync_ManyInputs_KeepsTheirOrder()
    {
        GuardInput[] inputs = [.. Enumerable.Range(0, 50).Select(static i => new GuardInput($"number {i}", i % 3 == 0 ? $"answer {i}" : null))];

        IReadOnlyList<GuardScore> scores = await s_guard.ScoreAsync(inputs, Token);

        Assert.Equal(inputs.Length, scores.Count);
        for (int i = 0; i < inputs.Length; i++)
        {
            Assert.Equal((await s_guard.ScoreAsync([inputs[i]], Token))[0].UnsafeProbability, scores[i].UnsafeProbability);
        }
    }

    [Fact]
    public async Task ScoreAsync_LongPrompt_GivesTheHighestWindowAndItsFeatures()
    {
        string text = LongText(words: 80);
        GuardScore[] windows = await Task.WhenAll(TextWindows
            .Split(new GuardInput(text), RandomNetwork.Shape.WindowChars, RandomNetwork.Shape.OverlapChars)
            .Select(static window => ScoreAsync(window.Prompt)));
        GuardScore highest = windows.MaxBy(static window => window.UnsafeProbability)!;

        GuardScore score = await ScoreAsync(text);

        Assert.Equal(highest.UnsafeProbability, score.UnsafeProbability);
        Assert.Equal(highest.Features.ToArray(), score.Features.ToArray());
        Assert.Equal((windows.Sum(static window => window.Tokens), windows.Length), (score.Tokens, score.Windows));
        Assert.True(windows.Length > 5);
    }

    [Fact]
    public async Task ScoreAsync_LongResponse_PairsItsWindowsWithThePrompt()
    {
        string response = LongText(words: 40);
        IReadOnlyList<GuardInput> windows = TextWindows.Split(
            new GuardInput("short", response), RandomNetwork.Shape.WindowChars, RandomNetwork.Shape.OverlapChars);
        IReadOnlyList<GuardScore> scores = await s_guard.ScoreAsync(windows, Token);

        GuardScore score = await ScoreAsync("short", response);

        Assert.Equal(scores.Max(static window => window.UnsafeProbability), score.UnsafeProbability);
        Assert.Equal(windows.Count, score.Windows);
    }

    [Fact]
    public async Task ScoreAsync_PromptOfExactlyOneWindow_IsNotCut()
    {
        GuardScore fits = await ScoreAsync(new string('a', RandomNetwork.Shape.WindowChars));
        GuardScore exceeds = await ScoreAsync(new string('a', RandomNetwork.Shape.WindowChars + 1));

        Assert.Equal((1, 2), (fits.Windows, exceeds.Windows));
    }

    [Fact]
    public async Task ScoreAsync_EmptyTexts_AreScored()
    {
        GuardScore prompt = await ScoreAsync("");
        GuardScore pair = await ScoreAsync("", "");

        Assert.InRange(prompt.UnsafeProbability, 0.0, 1.0);
        Assert.Equal((0, 1), (prompt.Tokens, prompt.Windows));
        Assert.NotEqual(prompt.UnsafeProbability, pair.UnsafeProbability);
    }

    [Fact]
    public async Task ScoreAsync_NoInputs_GivesNoScores() => Assert.Empty(await s_guard.ScoreAsync([], Token));

    [Fact]
    public async Task ScoreAsync_SeveralThreads_AgreeWithOne()
    {
        GuardInput[] inputs = [.. Enumerable.Range(1, 40).Select(static i => new GuardInput(LongText(i), i % 2 == 0 ? LongText(41 - i) : null))];
        IReadOnlyList<GuardScore> serial = await s_guard.ScoreAsync(inputs, Token);

        IReadOnlyList<GuardScore>[] parallel = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            async () => await s_guard.ScoreAsync(inputs, Token), Token)));

        Assert.All(parallel, scores => Assert.Equal(
            serial.Select(static score => (score.UnsafeProbability, score.Features.Span[3])),
            scores.Select(static score => (score.UnsafeProbability, score.Features.Span[3]))));
    }

    [Fact]
    public async Task ScoreAsync_Cancelled_Throws()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await s_guard.ScoreAsync([new GuardInput("hello")], new CancellationToken(canceled: true)));
    }

    private static async Task<GuardScore> ScoreAsync(string prompt, string? response = null) =>
        (await s_guard.ScoreAsync([new GuardInput(prompt, response)], Token))[0];

    private static string LongText(int words)
    {
        var random = new Random(words);
        return string.Join(' ', Enumerable.Range(0, words).Select(_ => new string((char)random.Next('a', 'z' + 1), random.Next(1, 9))));
    }
}
