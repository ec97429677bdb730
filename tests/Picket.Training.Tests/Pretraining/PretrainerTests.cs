using Picket.Data;
using Picket.Models.Formats;
using Picket.Training.DebertaV2;
using Picket.Training.Distillation;
using Picket.Training.Optimisation;
using Picket.Training.Pretraining;
using Picket.Training.Tests.DebertaV2;
using Picket.Training.Tests.NGram;

namespace Picket.Training.Tests.Pretraining;

public sealed class PretrainerTests : IDisposable
{
    private static readonly Example[] s_examples = MildExamples.Draw(200);
    private readonly TinyStudent _tiny = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PretrainOptions Options => new()
    {
        Student = _tiny.Options.Student,
        Training = new PretrainOptions().Training with
        {
            Epochs = 2,
            BatchSize = 16,
            ChunkSize = 16,
            LearningRate = 5e-3,
            WarmupSteps = 4,
            EvaluateEvery = 6,
            CheckpointEvery = 5,
            HeldOutShare = 0.2,
        },
        RowTokens = 16,
    };

    [Fact]
    public async Task RunAsync_Texts_WritesAFolderThatDistillationStartsFrom()
    {
        TrainingHistory history = await RunAsync(Options with { Training = Options.Training with { Epochs = 6 } }, "encoder");
        DistilOptions options = _tiny.Options with { Student = _tiny.Options.Student with { From = _tiny["encoder"] } };

        TrainingHistory distilled = await Distiller.RunAsync(options, s_examples, [], _tiny["guard"], null, Token);

        Assert.True(history.Evaluations[^1].Figures["loss"] < history.Evaluations[0].Figures["loss"]);
        Assert.Equal(["classifier.bias", "classifier.weight", "pooler.dense.bias", "pooler.dense.weight"], distilled.Initialised.Order());
        Assert.True(PretrainingCard.Normalised(_tiny["encoder"]));
        Assert.False(File.Exists(_tiny["encoder/tokens.safetensors"]));
    }

    [Fact]
    public async Task RunAsync_KilledTwice_EqualsTheUninterruptedRun()
    {
        TrainingHistory expected = await RunAsync(Options, "whole");
        foreach (long kill in (long[])[3, 14])
        {
            using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
            var probe = new Probe(progress =>
            {
                if (progress.Step.Step == kill)
                {
                    cancellation.Cancel();
                }
            });
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => Pretrainer.RunAsync(Options, TextsAsync(s_examples), _tiny["cut"], probe, cancellation.Token));
        }

        TrainingHistory resumed = await RunAsync(Options, "cut");

        Assert.Equal(expected.Steps, resumed.Steps);
        Assert.Equal(Tensors("whole"), Tensors("cut"));
    }

    [Fact]
    public async Task RunAsync_OtherTexts_RefusesTheCheckpoint()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Pretrainer.RunAsync(
            Options, TextsAsync(s_examples), _tiny["out"], new Probe(_ => cancellation.Cancel()), cancellation.Token));

        var fault = await Assert.ThrowsAsync<PicketException>(
            () => Pretrainer.RunAsync(Options, TextsAsync(s_examples[1..]), _tiny["out"], null, Token));

        Assert.Contains("differs in the texts (", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_NoMaskToken_SaysSo()
    {
        TinyStudent.WriteTokenizer(_tiny.Tokenizer, ["rain", "soup"], hasMask: false);

        var fault = await Assert.ThrowsAsync<PicketException>(() => RunAsync(Options, "out"));

        Assert.EndsWith("expected a [MASK] with an id below vocab_size of config.json, 40, found none", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateAsync_LongText_BecomesRowsWithoutItsShortRest()
    {
        string text = string.Join(' ', Enumerable.Repeat("rain soup", 18));

        TextRows rows = await RowsAsync(text, "rain soup");

        TokenRows found = rows.Learned.Count > 0 ? rows.Learned : rows.HeldOut;
        Assert.Equal([16, 16, 10], [.. found.Select(static row => row.Length)]);
        Assert.Equal(2, rows.Texts);
    }

    [Fact]
    public async Task CreateAsync_DamagedCache_MakesItAgain()
    {
        string text = string.Join(' ', Enumerable.Repeat("rain soup", 18));
        TextRows first = await RowsAsync(text);
        byte[] cache = await File.ReadAllBytesAsync(_tiny["cache/tokens.safetensors"], Token);
        byte[] damaged = [.. cache];
        damaged[^50] ^= 1;
        await File.WriteAllBytesAsync(_tiny["cache/tokens.safetensors"], damaged, Token);

        TextRows second = await RowsAsync(text);

        Assert.Equal(first.Learned.Concat(first.HeldOut), second.Learned.Concat(second.HeldOut));
        Assert.Equal(cache, await File.ReadAllBytesAsync(_tiny["cache/tokens.safetensors"], Token));
    }

    public void Dispose() => _tiny.Dispose();

    private static async IAsyncEnumerable<string> TextsAsync(IEnumerable<Example> examples)
    {
        foreach (Example example in examples)
        {
            await Task.Yield();
            yield return example.Prompt + " " + example.Prompt;
        }
    }

    private Task<TextRows> RowsAsync(params string[] texts) => TextRows.CreateAsync(
        texts.ToAsyncEnumerable(), Options, StudentStart.Open(Options.Student), normalise: false, _tiny["cache"], threads: 2, Token);

    private Task<TrainingHistory> RunAsync(PretrainOptions options, string folder) =>
        Pretrainer.RunAsync(options, TextsAsync(s_examples), _tiny[folder], null, Token);

    private Dictionary<string, byte[]> Tensors(string folder) =>
        Safetensors.Parse(File.ReadAllBytes(_tiny[$"{folder}/model.safetensors"]), "model.safetensors")
            .ToDictionary(static pair => pair.Key, static pair => pair.Value.Data.ToArray());

    private sealed class Probe(Action<TrainingProgress> onReport) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => onReport(value);
    }
}
