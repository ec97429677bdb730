using Picket.Chat;
using Picket.Training.Augmentation;

namespace Picket.Training.Tests.Augmentation;

public sealed class AugmenterResumeTests : IDisposable
{
    private readonly AugmentFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AugmentAsync_JournalCutAtTwentyRandomBytes_GivesTheUndisturbedOutput()
    {
        (byte[] expected, byte[] journal) = await JournalAsync();
        var random = new Random(4);

        foreach (int length in Enumerable.Range(0, 20).Select(_ => random.Next(journal.Length + 1)))
        {
            File.Delete(_folder.Output);
            await File.WriteAllBytesAsync(_folder.Journal, journal[..length], Token);
            _folder.Renew(jumble: length + 1);
            await _folder.AugmentAsync();
            Assert.Equal(expected, await _folder.OutputAsync());
        }
    }

    [Fact]
    public async Task AugmentAsync_StoppedAtTwentyRandomRequests_LosesAndDoublesNothing()
    {
        AugmentationReport undisturbed = await _folder.AugmentAsync();
        byte[] expected = await _folder.OutputAsync();
        int all = _folder.Calls();
        var random = new Random(8);

        for (int i = 0; i < 20; i++)
        {
            File.Delete(_folder.Output);
            int paid = await InterruptAsync(random.Next(1, 60), jumble: i + 1);
            _folder.Renew(jumble: 100 + i);
            AugmentationReport resumed = await _folder.AugmentAsync();
            Assert.Equal(expected, await _folder.OutputAsync());
            Assert.Equal(all - paid, _folder.Calls());
            Assert.Equal(undisturbed.Generators[1].Answers, resumed.Generators[1].Answers);
            Assert.Equal(undisturbed.Generators[0].PromptTokens, resumed.Generators[0].PromptTokens);
        }
    }

    [Fact]
    public async Task AugmentAsync_ZerosAfterAPowerCut_AreNoAnswers()
    {
        (byte[] expected, byte[] journal) = await JournalAsync();

        await File.WriteAllBytesAsync(_folder.Journal, [.. journal, .. new byte[4096], (byte)'\n'], Token);
        await _folder.AugmentAsync();

        Assert.Equal(expected, await _folder.OutputAsync());
    }

    [Fact]
    public async Task AugmentAsync_AnswersLongerThanAnyBuffer_AreResumed()
    {
        static Generation Long(GenerationRequest request) => new(new string('x', 200_000) + request.Turns[0].Text, GenerationFinish.Stop);
        _folder.Options = _folder.Options with { Count = 12 };
        _folder.Complier = new FakeWriter("complier", Long);
        await _folder.AugmentAsync();
        byte[] expected = await _folder.OutputAsync();
        _folder.Generator = new FakeWriter("generator") { Before = static call => call == 12 ? throw Fault() : Task.CompletedTask, Harmless = Gone };
        _folder.Options = _folder.Options with { ProbesPrefix = false, Concurrency = 1 };

        await _folder.FailAsync();
        _folder.Generator = new FakeWriter("generator");
        _folder.Complier = new FakeWriter("complier", Long);
        await _folder.AugmentAsync();

        Assert.Equal(expected, await _folder.OutputAsync());
    }

    [Fact]
    public async Task AugmentAsync_OtherSeedRowsAndSettings_AreRefusedAndNamed()
    {
        await JournalAsync();
        byte[] journal = await File.ReadAllBytesAsync(_folder.Journal, Token);
        _folder.WriteSeeds(rows: 20);
        _folder.Options = _folder.Options with { Exemplars = 2, Instructions = new SamplingOptions { MaxTokens = 9 } };
        _folder.Complier = new FakeWriter("other", FakeWriter.Comply);

        Assert.Equal(
            $"{_folder.Journal}: an earlier run left this journal, and it belongs to the complying model 'complier at https://complier.test, "
            + "PrefixField', not 'other at https://other.test, PrefixField' and the exemplars '3', not '2' and the sampling of instructions "
            + "'temperature 1, top_p -, max_tokens 128', not 'temperature -, top_p -, max_tokens 9' and another seed rows sha256; "
            + "remove it, or finish that run first",
            await _folder.FailAsync());
        Assert.Equal(journal, await File.ReadAllBytesAsync(_folder.Journal, Token));
    }

    [Theory]
    [InlineData("my notes")]
    [InlineData("my notes\n0.5\n")]
    [InlineData("{\"journal\":\"picket label 1\"}\n")]
    public async Task AugmentAsync_AnotherFileOfThatName_IsLeftAlone(string text)
    {
        await File.WriteAllTextAsync(_folder.Journal, text, Token);

        Assert.Equal($"{_folder.Journal}: expected a journal that an earlier run left, found another file; move it away", await _folder.FailAsync());
        Assert.Equal(text, await File.ReadAllTextAsync(_folder.Journal, Token));
    }

    [Fact]
    public async Task AugmentAsync_TwoRunsForOneOutput_TheSecondIsRefused()
    {
        string? fault = null;
        FakeWriter plain = _folder.Generator;
        _folder.Generator = new FakeWriter("generator")
        {
            Before = async call =>
            {
                if (call == 1)
                {
                    _folder.Generator = plain;
                    fault = await _folder.FailAsync();
                }
            },
        };
        _folder.Options = _folder.Options with { Concurrency = 1 };

        await _folder.AugmentAsync();

        Assert.Equal($"{_folder.Journal}: is in use by another run, or may not be written", fault);
    }

    public void Dispose() => _folder.Dispose();

    private static PicketException Fault() => new("gone");

    private static Generation Gone() => throw Fault();

    /// <summary>The undisturbed output, and a journal with all of its answers, as a kill right before the end leaves it.</summary>
    private async Task<(byte[] Output, byte[] Journal)> JournalAsync()
    {
        var models = new AugmentationModels
        {
            Generator = new AugmentationModel(_folder.Generator),
            Refuser = new AugmentationModel(_folder.Refuser!),
            Complier = new AugmentationModel(_folder.Complier!),
        };
        var augmenter = new Augmenter(models, options: _folder.Options);
        await augmenter.AugmentAsync(_folder.Seeds, _folder.Output, cancellationToken: Token);
        await Assert.ThrowsAsync<PicketException>(
            () => augmenter.AugmentAsync(_folder.Seeds, _folder.Output, _ => throw Fault(), cancellationToken: Token));
        return (await _folder.OutputAsync(), await File.ReadAllBytesAsync(_folder.Journal, Token));
    }

    /// <summary>A run that is stopped at the given request of the generator; how many answers it left in the journal.</summary>
    private async Task<int> InterruptAsync(int call, int jumble)
    {
        using var caller = new CancellationTokenSource();
        _folder.Renew(jumble);
        _folder.Generator = new FakeWriter("generator", null, jumble)
        {
            Before = number => number == call ? caller.CancelAsync() : Task.CompletedTask,
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _folder.AugmentAsync(caller.Token));
        Assert.False(File.Exists(_folder.Output));
        return File.Exists(_folder.Journal) ? (await File.ReadAllLinesAsync(_folder.Journal, Token)).Length - 1 : 0;
    }
}
