using Picket.Chat;
using Picket.Training.Augmentation;

namespace Picket.Training.Tests.Augmentation;

public sealed class AugmenterFaultTests : IDisposable
{
    private readonly AugmentFolder _folder = new();

    [Fact]
    public async Task AugmentAsync_PrefixIgnored_EndsBeforeAnythingIsPaidFor()
    {
        _folder.Generator = new FakeWriter("generator") { Harmless = static () => new Generation("The capital is Paris.", GenerationFinish.Stop) };

        Assert.Equal(
            "https://generator.test: expected a server that goes on with a prefilled assistant turn (PrefixField), found one that does not; "
            + "choose another style, or the variant without a prefix",
            await _folder.FailAsync());
        Assert.Equal(0, _folder.Calls());
        Assert.False(File.Exists(_folder.Journal));
    }

    [Theory]
    [InlineData(PromptVariant.WithoutPrefix)]
    [InlineData(PromptVariant.PrefixInjection)]
    public async Task AugmentAsync_PrefixIgnoredAndNotWanted_IsNoFault(PromptVariant variant)
    {
        _folder.Generator = new FakeWriter("generator") { Harmless = static () => new Generation("Paris", GenerationFinish.Stop) };
        _folder.Options = _folder.Options with { Variant = variant };

        Assert.True((await _folder.AugmentAsync()).Counts.Kept > 0);
    }

    [Fact]
    public async Task AugmentAsync_RequestsThatFailOnce_AreMadeAgainAndCounted()
    {
        await _folder.AugmentAsync();
        byte[] expected = await _folder.OutputAsync();
        _folder.Renew();
        _folder.Options = _folder.Options with { Concurrency = 1 };
        _folder.Generator = new FakeWriter("generator")
        {
            Before = static call => call % 7 == 0 ? throw new PicketException("https://generator.test: HTTP 500") : Task.CompletedTask,
        };

        AugmentationReport report = await _folder.AugmentAsync();

        Assert.Equal(expected, await _folder.OutputAsync());
        Assert.Equal((60, 9), (report.Generators[0].Answers, report.Generators[0].FailedAttempts["rejected"]));
        Assert.Equal(69, _folder.Generator.Calls);
    }

    [Theory]
    [InlineData(GenerationFinish.Cut, "cut")]
    [InlineData(GenerationFinish.Broken, "broken")]
    public async Task AugmentAsync_RequestThatAlwaysFails_IsDroppedAndTheRestGoesOn(GenerationFinish finish, string name)
    {
        _folder.Generator = new FakeWriter(
            "generator", request => request.Seed % 5 == 0 ? new Generation("", finish) : FakeWriter.Instruct(request));

        AugmentationReport report = await _folder.AugmentAsync();

        int failed = report.Counts.Dropped[DropRules.Failed];
        Assert.InRange(failed, 5, 25);
        Assert.Equal(60, failed + report.Counts.Answers);
        Assert.Equal((failed, 2 * failed), (report.Generators[0].Finishes[name], report.Generators[0].FailedAttempts[name]));
    }

    [Theory]
    [InlineData(false, "https://complier.test: gone")]
    [InlineData(true, "https://complier.test: expected answers, found none that is whole, not even to a harmless request")]
    public async Task AugmentAsync_ServerGone_EndsWithItsNameAndKeepsTheAnswers(bool broken, string expected)
    {
        await _folder.AugmentAsync();
        byte[] undisturbed = await _folder.OutputAsync();
        int all = _folder.Calls();
        _folder.Renew(jumble: 5);
        static Exception Gone() => new PicketException("https://complier.test: gone");
        _folder.Complier = new FakeWriter(
            "complier",
            request => request.Seed % 3 != 0 ? FakeWriter.Comply(request)
                : broken ? new Generation("", GenerationFinish.Broken)
                : throw Gone())
        {
            Harmless = () => broken ? new Generation("", GenerationFinish.Broken) : throw Gone(),
        };

        Assert.Equal(expected, await _folder.FailAsync());
        int kept = (await File.ReadAllLinesAsync(_folder.Journal, TestContext.Current.CancellationToken)).Length - 1;
        _folder.Renew();
        await _folder.AugmentAsync();

        Assert.Equal(undisturbed, await _folder.OutputAsync());
        Assert.True(kept > 0);
        Assert.Equal(all - kept, _folder.Calls());
    }

    [Fact]
    public async Task AugmentAsync_MissingParts_AreToldTogether()
    {
        _folder.Options = _folder.Options with { EmptyResponses = false, Count = 0, Instructions = new SamplingOptions { MaxTokens = 0 } };
        var augmenter = new Augmenter(options: _folder.Options);

        PicketException fault = await Assert.ThrowsAsync<PicketException>(
            () => augmenter.AugmentAsync(_folder.Seeds, _folder.Output, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(
            "count: expected 1 to 10000000, found 0; instructions.max_tokens: expected 1 to 100000, found 0; "
            + "generator: expected a model that writes the instructions, found none; "
            + "refuser, complier, empty_responses: expected at least one of the three rows, found none",
            fault.Message);
    }

    [Fact]
    public async Task AugmentAsync_TooFewExemplars_SaysOfWhichClass()
    {
        _folder.WriteSeeds(rows: 5);
        _folder.Options = _folder.Options with { BenignShare = 0 };

        Assert.Equal("exemplars: expected at least 3 harmful instructions, found 2", await _folder.FailAsync());
    }

    [Fact]
    public async Task AugmentAsync_OnlyRowsOfOtherSplits_IsTold()
    {
        await File.WriteAllTextAsync(
            _folder.Seeds, """{"id":"t","prompt":"x","unsafe":1,"split":"test"}""" + "\n", TestContext.Current.CancellationToken);

        Assert.Equal(
            $"{_folder.Seeds}: expected seed rows, found none (1 of other splits than train, 0 that repeat an evaluation row)",
            await _folder.FailAsync());
    }

    public void Dispose() => _folder.Dispose();
}
