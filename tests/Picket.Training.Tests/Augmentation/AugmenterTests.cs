using Picket.Chat;
using Picket.Data;
using Picket.Training.Augmentation;

namespace Picket.Training.Tests.Augmentation;

public sealed class AugmenterTests : IDisposable
{
    private readonly AugmentFolder _folder = new();

    [Fact]
    public async Task AugmentAsync_Instruction_BecomesThreeRowsWithoutLabels()
    {
        AugmentationReport report = await _folder.AugmentAsync();

        IReadOnlyList<Example> rows = await _folder.RowsAsync();
        Example[] made = [.. rows.Skip(24)];
        Assert.Equal(24 + (3 * report.Counts.Kept), rows.Count);
        Assert.All(made, static row => Assert.True(row is { Unsafe: null, UnsafeProbability: null, Split: "train", Category: null }));
        Example[] first = made[..3];
        Assert.Single(first.Select(static row => row.Prompt).Distinct());
        Assert.Equal([$"I cannot say how to {first[0].Prompt}", $"First, {first[0].Prompt}", null], first.Select(static row => row.Response));
        Assert.Equal(rows.Count, rows.Select(static row => row.Id).Distinct().Count());
        Assert.False(File.Exists(_folder.Journal));
    }

    [Fact]
    public async Task AugmentAsync_Rows_NameTheirSourceAndAnExemplarOfTheirClass()
    {
        _folder.Options = _folder.Options with { Variant = PromptVariant.WithoutPrefix };

        await _folder.AugmentAsync();

        IReadOnlyList<Example> rows = await _folder.RowsAsync();
        var seeds = rows.Take(24).ToDictionary(static row => row.Id);
        Assert.Equal(
            ["harmaug-without-prefix", "harmaug-without-prefix-benign"], rows.Skip(24).Select(static row => row.Source!).Distinct().Order());
        Assert.All(rows.Skip(24), row => Assert.Equal(!row.Source!.EndsWith("benign", StringComparison.Ordinal), seeds[row.ParentId!].Unsafe));
    }

    [Fact]
    public async Task AugmentAsync_AnyTimingAndConcurrency_GivesTheSameBytes()
    {
        await _folder.AugmentAsync();
        byte[] expected = await _folder.OutputAsync();

        foreach ((int jumble, int concurrency) in new[] { (1, 1), (2, 3), (3, 64) })
        {
            _folder.Renew(jumble);
            _folder.Options = _folder.Options with { Concurrency = concurrency };
            await _folder.AugmentAsync();
            Assert.Equal(expected, await _folder.OutputAsync());
        }
    }

    [Fact]
    public async Task AugmentAsync_OtherSeed_GivesOtherInstructions()
    {
        await _folder.AugmentAsync();
        string[] first = [.. (await _folder.RowsAsync()).Skip(24).Select(static row => row.Prompt)];
        _folder.Options = _folder.Options with { Seed = 1 };

        await _folder.AugmentAsync();

        Assert.Empty(first.Intersect((await _folder.RowsAsync()).Skip(24).Select(static row => row.Prompt)));
    }

    [Fact]
    public async Task AugmentAsync_WithoutResponders_WritesPromptsAlone()
    {
        _folder.Refuser = null;
        _folder.Complier = null;
        _folder.Options = _folder.Options with { SeedRows = false };

        AugmentationReport report = await _folder.AugmentAsync();

        IReadOnlyList<Example> rows = await _folder.RowsAsync();
        Assert.Equal(report.Counts.Kept, rows.Count);
        Assert.All(rows, static row => Assert.Null(row.Response));
        Assert.Equal(["empty"], report.Rows.Keys);
    }

    [Fact]
    public async Task AugmentAsync_WithoutEmptyResponses_WritesResponsesAlone()
    {
        _folder.Options = _folder.Options with { EmptyResponses = false };
        _folder.Refuser = null;

        AugmentationReport report = await _folder.AugmentAsync();

        Assert.Equal(["complying", "seed"], report.Rows.Keys);
        Assert.Equal(["instruction", "complying"], report.Generators.Select(static use => use.Part));
    }

    [Fact]
    public async Task AugmentAsync_BenignShare_IsSpreadEvenly()
    {
        AugmentationReport report = await _folder.AugmentAsync();

        Assert.Equal((60, 15), (report.Counts.Answers, report.Benign.Answers));
        Assert.Equal(report.Counts.Answers, report.Counts.Kept + report.Counts.Refused + report.Counts.Empty + report.Counts.Unreadable);
    }

    [Fact]
    public async Task AugmentAsync_MaxUnsafeShare_HoldsAndSavesTheResponses()
    {
        _folder.Options = _folder.Options with { MaxUnsafeShare = 0.5 };

        AugmentationReport report = await _folder.AugmentAsync();

        Assert.InRange(report.UnsafeShare!.Value, 0.45, 0.5);
        Assert.True(report.Counts.Dropped[DropRules.OverUnsafeShare] > 0);
        Assert.Equal(report.Counts.Kept, _folder.Complier!.Calls);
    }

    [Fact]
    public async Task AugmentAsync_RepeatedInstructions_AreDroppedByRule()
    {
        string[] said = ["Tell me how to bake bread with seeds, nuts and honey", "Tell me how to bake bread with seeds, nuts and honey!", "x y z"];
        int next = -1;
        _folder.Generator = new FakeWriter("generator", _ => new Generation(said[++next % 3], GenerationFinish.Stop));
        _folder.Options = _folder.Options with { Count = 6, Concurrency = 1 };

        AugmentationReport report = await _folder.AugmentAsync();

        Assert.Equal((2, 4), (report.Counts.Kept, report.Counts.Dropped[FilterRules.Duplicate]));
    }

    [Fact]
    public async Task AugmentAsync_EvaluationRows_AreInNoRow()
    {
        await _folder.AugmentAsync();
        IReadOnlyList<Example> before = await _folder.RowsAsync();
        await File.WriteAllTextAsync(
            _folder["test.jsonl"],
            $$"""{"prompt":"{{before[3].Prompt}}"}""" + "\n" + $$"""{"prompt":"{{before[^1].Prompt}}"}""" + "\n",
            TestContext.Current.CancellationToken);
        _folder.Options = _folder.Options with { EvaluationFiles = [_folder["test.jsonl"]], BenignShare = 0, Exemplars = 1 };

        AugmentationReport report = await _folder.AugmentAsync();

        Assert.Equal((23, 1), (report.SeedRows, report.ContaminatedSeedRows));
        Assert.DoesNotContain(await _folder.RowsAsync(), row => row.Prompt == before[3].Prompt || row.Prompt == before[^1].Prompt);
    }

    [Fact]
    public async Task AugmentAsync_None_GivesTheSeedRowsOfTrainAlone()
    {
        await File.AppendAllTextAsync(
            _folder.Seeds, """{"id":"t","prompt":"x","unsafe":1,"split":"test"}""" + "\n", TestContext.Current.CancellationToken);
        _folder.Options = new AugmentationOptions { Strategy = AugmentationStrategy.None };

        AugmentationReport report = await _folder.AugmentAsync();

        string[] lines = await File.ReadAllLinesAsync(_folder.Seeds, TestContext.Current.CancellationToken);
        Assert.Equal(lines[..24], await File.ReadAllLinesAsync(_folder.Output, TestContext.Current.CancellationToken));
        Assert.Equal(("none", 0, 1), (report.Strategy, report.Asked, report.SeedRowsOfOtherSplits));
    }

    [Fact]
    public async Task AugmentAsync_Eda_CopiesKeepLabelAndResponse()
    {
        _folder.Options = new AugmentationOptions { Strategy = AugmentationStrategy.Eda, Seed = 3 };

        AugmentationReport report = await _folder.AugmentAsync(synonyms: new NoSynonyms());

        IReadOnlyList<Example> rows = await _folder.RowsAsync();
        var seeds = rows.Take(24).ToDictionary(static row => row.Id);
        Assert.True(report.Rows["copy"] > 40);
        Assert.All(rows.Skip(24), row =>
        {
            Example parent = seeds[row.ParentId!];
            Assert.Equal((parent.Unsafe, parent.Response, "eda"), (row.Unsafe, row.Response, row.Source));
            Assert.NotEqual(parent.Prompt, row.Prompt);
        });
    }

    public void Dispose() => _folder.Dispose();

    private sealed class NoSynonyms : ISynonyms
    {
        public IReadOnlyList<string> Of(string word) => [];
    }
}
