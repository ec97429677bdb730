using Picket.Data;
using Picket.Models;
using Picket.Models.Bundles;
using Picket.Models.Formats;
using Picket.Training.DebertaV2;
using Picket.Training.Distillation;
using Picket.Training.NGram;
using Picket.Training.Optimisation;
using Picket.Training.Tests.DebertaV2;
using Picket.Training.Tests.NGram;

namespace Picket.Training.Tests.Distillation;

public sealed class DistillerTests : IDisposable
{
    private static readonly Example[] s_examples = MildExamples.Draw(300);
    private readonly TinyStudent _tiny = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_FromScratch_WritesABundleThatTheEngineLoads()
    {
        DistilOptions options = _tiny.Options with { Training = _tiny.Options.Training with { Epochs = 10 } };

        TrainingHistory history = await RunAsync(options, "out");

        await using IGuard guard = await GuardLoader.LoadAsync(_tiny["out"], cancellationToken: Token);
        Example[] unseen = MildExamples.Draw(60, seed: 9);
        IReadOnlyList<GuardScore> scores = await guard.ScoreAsync([.. unseen.Select(static example => example.ToInput())], Token);
        Assert.All(scores.Zip(unseen), static pair => Assert.Equal(pair.Second.Unsafe, pair.First.UnsafeProbability >= 0.5));
        Assert.True(history.Evaluations.Max(static one => one.Figures["auprc"]) > 0.95);
        Assert.Equal(["auprc", "f1", "fpr", "loss"], history.Evaluations[0].Figures.Keys.Order());
        Assert.False(File.Exists(_tiny["out/checkpoint.safetensors"]));
    }

    [Fact]
    public async Task RunAsync_Finished_HasItsCardInTheManifest()
    {
        TrainingHistory history = await RunAsync(_tiny.Options, "out");

        GuardManifest manifest = Bundle.Open(_tiny["out"]).Manifest;
        Assert.Equal(("deberta-v2", "picket-student", true, 64), (manifest.Kind, manifest.Name, manifest.Normalise, manifest.Deberta!.MaxTokens));
        Assert.Equal(history.KeptStep, manifest.Training!.Value.GetProperty("kept_update").GetInt64());
        Assert.Equal("config.json", manifest.Training.Value.GetProperty("settings").GetProperty("student").GetProperty("from").GetString());
        Assert.Equal(["config.json", "model.safetensors", "tokenizer.json"], manifest.Files.Keys.Order());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunAsync_KilledTwice_EqualsTheUninterruptedRun(bool keepLast)
    {
        DistilOptions options = _tiny.Options with { KeepLast = keepLast };
        TrainingHistory expected = await RunAsync(options, "whole");
        foreach (long kill in (long[])[8, 23])
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
                () => Distiller.RunAsync(options, s_examples, [], _tiny["cut"], probe, cancellation.Token));
        }

        TrainingHistory resumed = await RunAsync(options, "cut");

        Assert.Equal(expected.Steps, resumed.Steps);
        Assert.Equal(Tensors("whole"), Tensors("cut"));
        Assert.Equal(expected.KeptStep, resumed.KeptStep);
        Assert.Equal(keepLast ? 30 : expected.Evaluations.Last(static one => one.Best).Step, expected.KeptStep);
        Assert.Equal(await File.ReadAllBytesAsync(_tiny["whole/guard.json"], Token), await File.ReadAllBytesAsync(_tiny["cut/guard.json"], Token));
    }

    [Fact]
    public async Task RunAsync_FromItsOwnResult_GoesOnFromThere()
    {
        await RunAsync(_tiny.Options, "first");
        DistilOptions options = _tiny.Options with { Student = _tiny.Options.Student with { From = _tiny["first"] } };

        TrainingHistory history = await RunAsync(options, "second");

        Assert.Empty(history.Initialised);
        Assert.True(Bundle.Open(_tiny["second"]).Manifest.Normalise);
    }

    [Fact]
    public async Task RunAsync_OtherSettings_RefusesTheCheckpoint()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Distiller.RunAsync(
            _tiny.Options, s_examples, [], _tiny["out"], new Probe(_ => cancellation.Cancel()), cancellation.Token));

        var fault = await Assert.ThrowsAsync<PicketException>(() => RunAsync(_tiny.Options with { Lambda = 0.25, HardTeacher = false }, "out"));

        Assert.Contains("differs in hard_teacher (true there, false here), lambda (0.5 there, 0.25 here)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_OneClass_IsRefused()
    {
        Example[] safe = [.. s_examples.Where(static example => example.Unsafe == false)];

        var fault = await Assert.ThrowsAsync<PicketException>(() => Distiller.RunAsync(_tiny.Options, safe, [], _tiny["out"], null, Token));

        Assert.StartsWith("expected safe and unsafe rows in the rows to learn from", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ManyFaultyOptions_ReportsThemTogether()
    {
        var options = new DistilOptions
        {
            Lambda = 2,
            Temperature = 0,
            KeepBest = "luck",
            Name = "",
            Student = new StudentOptions { MaxTokens = 3, HiddenDropout = 1, AttentionDropout = -1, Threads = -1 },
            Training = new TrainingSettings { Epochs = 0, BatchSize = 4, ChunkSize = 5, LearningRate = 0, HeldOutShare = 0.6 },
        };

        string message = (await Assert.ThrowsAsync<PicketException>(() => RunAsync(options, "out"))).Message;

        Assert.All(
            (string[])["lambda:", "temperature:", "keep_best:", "name:", "from:", "max_tokens:", "hidden_dropout:", "attention_dropout:", "threads:",
                "epochs:", "chunk_size:", "learning_rate:", "held_out_share:"],
            name => Assert.Contains(name, message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_IntoItsStart_IsRefused()
    {
        DistilOptions options = _tiny.Options with { Student = _tiny.Options.Student with { From = _tiny["start"] } };

        await Assert.ThrowsAsync<PicketException>(() => RunAsync(options, "start"));
    }

    public void Dispose() => _tiny.Dispose();

    private Task<TrainingHistory> RunAsync(DistilOptions options, string folder) =>
        Distiller.RunAsync(options, s_examples, [new DataSource("mild.jsonl", "", 300, 100)], _tiny[folder], null, Token);

    private Dictionary<string, byte[]> Tensors(string folder) =>
        Safetensors.Parse(File.ReadAllBytes(_tiny[$"{folder}/model.safetensors"]), "model.safetensors")
            .ToDictionary(static pair => pair.Key, static pair => pair.Value.Data.ToArray());

    private sealed class Probe(Action<TrainingProgress> onReport) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => onReport(value);
    }
}
