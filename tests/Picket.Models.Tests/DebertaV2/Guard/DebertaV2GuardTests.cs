using System.Collections.Concurrent;
using System.Diagnostics;
using Picket.Models.DebertaV2;
using Picket.Models.Formats;

namespace Picket.Models.Tests.DebertaV2.Guard;

public sealed class DebertaV2GuardTests : IDisposable
{
    private static readonly CancellationToken s_none = TestContext.Current.CancellationToken;
    private readonly TinyFolder _folder = new();

    [Fact]
    public async Task LoadAsync_FolderOfHuggingFaces_GivesAGuardWithoutNormaliser()
    {
        await using IGuard guard = await GuardLoader.LoadAsync(_folder.Path, cancellationToken: s_none);

        Assert.IsType<DebertaV2Guard>(guard);
        Assert.Equal(new GuardDescription("tiny", "deberta-v2", TinyFolder.Hidden, TinyFolder.Window), guard.Description);
    }

    [Fact]
    public async Task ScoreAsync_AnyCompany_GivesEachInputTheScoreItHasAlone()
    {
        await using DebertaV2Guard guard = _folder.Load();
        GuardInput[] inputs =
        [
            new("a b c"), new(""), new(Words(300)), new("d", "e f"), new("d", ""), new(Words(9), Words(400)), new(Words(250), Words(200)),
        ];
        IReadOnlyList<GuardScore> together = await guard.ScoreAsync(inputs, s_none);
        for (int i = 0; i < inputs.Length; i++)
        {
            GuardScore alone = (await guard.ScoreAsync([inputs[i]], s_none))[0];
            Assert.Equal(alone with { Features = default }, together[i] with { Features = default });
            Assert.Equal(alone.Features.ToArray(), together[i].Features.ToArray());
        }
    }

    [Fact]
    public async Task ScoreAsync_InATrace_HasASpanForTheTokens()
    {
        var seen = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name is "Picket.Models" or "test",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = seen.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("test");
        await using DebertaV2Guard guard = _folder.Load();
        using Activity caller = source.StartActivity("caller")!;

        await guard.ScoreAsync([new("a b c")], s_none);

        Assert.Contains(seen, span => span.DisplayName == "tokenise" && span.ParentSpanId == caller.SpanId);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(1000)]
    public async Task ScoreAsync_AnyPassBudget_ChangesNoScore(int passTokens)
    {
        await using DebertaV2Guard wide = _folder.Load();
        await using DebertaV2Guard narrow = _folder.Load(passTokens);
        GuardInput[] inputs = [.. Enumerable.Range(1, 20).Select(static i => new GuardInput(Words(8 * i), i % 3 == 0 ? Words(30 * i) : null))];

        IReadOnlyList<GuardScore> expected = await wide.ScoreAsync(inputs, s_none);
        IReadOnlyList<GuardScore> found = await narrow.ScoreAsync(inputs, s_none);

        Assert.Equal(expected.Select(static score => score.UnsafeProbability), found.Select(static score => score.UnsafeProbability));
    }

    [Fact]
    public async Task ScoreAsync_LongPrompt_IsTheHighestOfItsWindows()
    {
        await using DebertaV2Guard guard = _folder.Load();
        GuardScore whole = (await guard.ScoreAsync([new(Words(300))], s_none))[0];

        // There is room for 126 tokens beside the two marks, and neighbours share half of that: 63 of the 64 that the settings ask for.
        GuardInput[] parts = [.. ((int[])[0, 63, 126, 174]).Select(static start => new GuardInput(Words(126, start)))];
        GuardScore highest = (await guard.ScoreAsync(parts, s_none)).MaxBy(static score => score.UnsafeProbability)!;
        Assert.Equal((highest.UnsafeProbability, 4, 4 * TinyFolder.Window), (whole.UnsafeProbability, whole.Windows, whole.Tokens));
        Assert.Equal(highest.Features.ToArray(), whole.Features.ToArray());
    }

    [Fact]
    public async Task ScoreAsync_ManyCallersAtOnce_GiveEachItsScores()
    {
        await using DebertaV2Guard guard = _folder.Load(passTokens: 64);
        GuardInput[] inputs = [.. Enumerable.Range(0, 30).Select(static i => new GuardInput(Words(1 + (7 * i), i)))];
        IReadOnlyList<GuardScore> expected = await guard.ScoreAsync(inputs, s_none);

        IReadOnlyList<GuardScore>[] found = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => guard.ScoreAsync(inputs, s_none).AsTask()));

        Assert.All(found, scores => Assert.Equal(
            expected.Select(static score => score.UnsafeProbability), scores.Select(static score => score.UnsafeProbability)));
    }

    [Fact]
    public async Task ScoreAsync_NoInputs_GivesNoScores()
    {
        await using DebertaV2Guard guard = _folder.Load();

        Assert.Empty(await guard.ScoreAsync([], s_none));
    }

    [Fact]
    public async Task ScoreAsync_Cancelled_Throws()
    {
        await using DebertaV2Guard guard = _folder.Load();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await guard.ScoreAsync([new("a")], new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task ScoreAsync_AfterDisposal_Throws()
    {
        DebertaV2Guard guard = _folder.Load();
        await guard.DisposeAsync();
        await guard.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await guard.ScoreAsync([new("a")], s_none));
    }

    [Fact]
    public async Task ScoreAsync_WeightsThatAreNoNumbers_IsAFault()
    {
        using var folder = new TinyFolder(static tensors => tensors["classifier.bias"] = Tensor.From([0, float.NaN], 2));
        await using DebertaV2Guard guard = folder.Load();

        await Assert.ThrowsAsync<PicketException>(async () => await guard.ScoreAsync([new("a")], s_none));
    }

    [Theory]
    [InlineData("deberta.encoder.layer.1.output.dense.bias")]
    [InlineData("deberta.encoder.rel_embeddings.weight")]
    [InlineData("deberta.embeddings.word_embeddings.weight")]
    [InlineData("classifier.weight")]
    public void Load_TensorAbsentOrOfAnotherShape_IsAFaultThatNamesIt(string name)
    {
        using var absent = new TinyFolder(tensors => tensors.Remove(name));
        using var other = new TinyFolder(tensors => tensors[name] = Tensor.From([1f, 2f, 3f], 3));

        Assert.Contains(name, Assert.Throws<PicketException>(() => absent.Load()).Message, StringComparison.Ordinal);
        Assert.Contains(name, Assert.Throws<PicketException>(() => other.Load()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TokenizerWithMoreTokensThanTheNetwork_IsAFault()
    {
        string config = _folder.PathOf("config.json");
        File.WriteAllText(config, File.ReadAllText(config).Replace("\"vocab_size\": 40", "\"vocab_size\": 20"));

        Assert.Contains("tokenizer.json", Assert.Throws<PicketException>(() => _folder.Load()).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static string Words(int count, int from = 0) => TinyFolder.Words(count, from);
}
