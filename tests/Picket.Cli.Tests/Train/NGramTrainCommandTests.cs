using System.Globalization;
using System.Text;
using System.Text.Json;
using Picket.Data;
using Picket.Models;
using Picket.Models.NGram;
using Picket.Testing;
using Picket.Training.NGram;

namespace Picket.Cli.Tests.Train;

public sealed class NGramTrainCommandTests : IDisposable
{
    private static readonly string[] s_small = ["--bucket-bits", "10", "--dimension", "8", "--hidden", "8", "--epochs", "2", "--batch-size", "16"];
    private readonly ScratchFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Train_MildData_WritesABundleThatScores()
    {
        CliResult run = await TrainAsync(
            ["--data", Write("a.jsonl", 1), Write("b.jsonl", 2), "--test", Write("c.jsonl", 3), "--name", "mild", .. s_small]);

        Assert.Equal((0, ""), (run.Status, run.Error.Contains("error", StringComparison.Ordinal) ? run.Error : ""));
        await using IGuard guard = await GuardLoader.LoadAsync(_folder["out"], cancellationToken: Token);
        Assert.Equal("mild", guard.Description.Name);
        Assert.InRange((await guard.ScoreAsync([new GuardInput("soup and bread")], Token))[0].UnsafeProbability, 0.0, 1.0);
        Assert.Equal(["guard.json", "model.safetensors"], Directory.GetFiles(_folder["out"]).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Train_MildData_TellsRowsEpochsAndFigures()
    {
        CliResult run = await TrainAsync(["--data", Write("a.jsonl", 1), "--test", Write("c.jsonl", 3), .. s_small]);

        Assert.Contains("a.jsonl: 300 rows, 100 unsafe, 1 without a label left out", run.Error, StringComparison.Ordinal);
        Assert.Contains("epoch 2/2", run.Error, StringComparison.Ordinal);
        Assert.StartsWith("c.jsonl", run.Lines[2], StringComparison.Ordinal);
        Assert.StartsWith("kept epoch ", run.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_Card_HoldsTheSettingsOfTheCommandLine()
    {
        await TrainAsync(["--data", Write("a.jsonl", 1), "--seed", "11", .. s_small]);

        using var manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(_folder["out"], "guard.json"), Token));
        JsonElement settings = manifest.RootElement.GetProperty("training").GetProperty("settings");
        Assert.Equal([11, 2, 16], ((string[])["seed", "epochs", "batch_size"]).Select(name => settings.GetProperty(name).GetInt32()));
    }

    [Fact]
    public async Task Train_MissingFile_IsNamedAndNothingIsWritten()
    {
        CliResult run = await TrainAsync(["--data", _folder["none.jsonl"], .. s_small]);

        Assert.Equal(2, run.Status);
        Assert.Contains(_folder["none.jsonl"], Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out"]));
    }

    [Fact]
    public async Task Train_OneClass_IsRefusedInOneLine()
    {
        CliResult run = await TrainAsync(["--data", Write("a.jsonl", 1, isUnsafe: static _ => 0), .. s_small]);

        Assert.Equal(2, run.Status);
        Assert.Contains("picket: error: expected safe and unsafe rows", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_FaultyValues_AreToldTogether()
    {
        CliResult run = await TrainAsync(["--data", Write("a.jsonl", 1), "--epochs", "0", "--hidden", "9", "--batch-size", "0", "--threads", "-1"]);

        Assert.Equal(2, run.Status);
        Assert.All(["epochs:", "hidden:", "batch size:", "--threads:"], name => Assert.Contains(name, run.Error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--epochs", "many")]
    [InlineData("--seed", "1.5")]
    public async Task Train_ValueThatIsNoNumber_NamesTheOption(string option, string value)
    {
        CliResult run = await TrainAsync(["--data", Write("a.jsonl", 1), option, value]);

        Assert.Equal(2, run.Status);
        Assert.Contains(option, run.Error, StringComparison.Ordinal);
        Assert.Contains("picket train ngram --help tells more", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_WithoutAKind_NamesTheKinds()
    {
        CliResult run = await RunAsync(["train"]);

        Assert.Equal((2, "picket: error: expected a command: ngram\npicket train --help tells more\n"), (run.Status, run.Error));
    }

    [Fact]
    public async Task Train_WithoutData_SaysThatItIsRequired()
    {
        CliResult run = await TrainAsync([]);

        Assert.Equal(2, run.Status);
        Assert.Contains("--data", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_InterruptedBefore_SaysThatItContinues()
    {
        string data = Write("a.jsonl", 1);
        CliResult whole = await TrainAsync(["--data", data, .. s_small]);
        byte[] weights = await File.ReadAllBytesAsync(Path.Combine(_folder["out"], "model.safetensors"), Token);
        await CheckpointAsync(data, epochs: 1);

        CliResult run = await TrainAsync(["--data", data, .. s_small]);

        Assert.Equal((0, whole.Output), (run.Status, run.Output));
        Assert.Contains($"continuing from {Path.Combine(_folder["out"], "checkpoint.safetensors")}", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("epoch 1/2", run.Error, StringComparison.Ordinal);
        Assert.Equal(weights, await File.ReadAllBytesAsync(Path.Combine(_folder["out"], "model.safetensors"), Token));
        Assert.False(File.Exists(Path.Combine(_folder["out"], "checkpoint.safetensors")));
    }

    [Fact]
    public async Task Train_CheckpointOfOtherOptions_IsRefusedAndKept()
    {
        string data = Write("a.jsonl", 1);
        await CheckpointAsync(data, epochs: 1);

        CliResult run = await TrainAsync(["--data", data, .. s_small, "--seed", "5"]);

        Assert.Equal(2, run.Status);
        Assert.Contains("belongs to a training on other data or with other options", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder["out"], "checkpoint.safetensors")));
    }

    [Fact]
    public async Task Train_Cancelled_EndsAsInterrupted()
    {
        CliResult run = await TrainAsync(["--data", Write("a.jsonl", 1), .. s_small], new CancellationToken(canceled: true));

        Assert.Equal(130, run.Status);
    }

    [Fact]
    public async Task Train_Help_ListsTheOptions()
    {
        CliResult run = await TrainAsync(["--help"]);

        Assert.Equal(0, run.Status);
        Assert.All(["--data", "--out", "--test", "--epochs", "--seed"], option => Assert.Contains(option, run.Output, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private Task<CliResult> TrainAsync(string[] words, CancellationToken? cancellationToken = null) =>
        RunAsync(["train", "ngram", "--out", _folder["out"], .. words], cancellationToken);

    private static async Task<CliResult> RunAsync(string[] line, CancellationToken? cancellationToken = null)
    {
        using var output = new MemoryStream();
        var error = new StringWriter();
        var streams = new StandardStreams(Stream.Null, output, error);
        int status = await CommandLineApp.RunAsync(line, streams, [TrainCommand.Create(streams)], cancellationToken ?? Token);
        return new CliResult(status, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    /// <summary>Leaves what an interruption after so many epochs leaves.</summary>
    private async Task CheckpointAsync(string data, int epochs)
    {
        List<Example> rows = await ExampleReader.ReadAsync(data, cancellationToken: Token)
            .Where(static row => row.Unsafe is not null)
            .ToListAsync(Token);
        Directory.CreateDirectory(_folder["out"]);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var trainer = new NGramTrainer(new NGramTrainerOptions
        {
            Shape = new NGramShape { BucketBits = 10, Dimension = 8, Hidden = 8 },
            Epochs = 2,
            Patience = 2,
            BatchSize = 16,
        });
        Assert.ThrowsAny<OperationCanceledException>(() => trainer.Train(
            rows, Path.Combine(_folder["out"], "checkpoint.safetensors"), new CancelAfter(epochs, cancellation), cancellation.Token));
    }

    private string Write(string name, int seed, Func<int, int>? isUnsafe = null)
    {
        string[] weather = ["rain", "sunny", "cloud", "storm"];
        string[] kitchen = ["bread", "soup", "kettle", "spoon"];
        var random = new Random(seed);
        var lines = new StringBuilder("{\"id\":\"none\",\"prompt\":\"neither\"}\n");
        for (int i = 0; i < 300; i++)
        {
            int label = isUnsafe?.Invoke(i) ?? (i % 3 == 0 ? 1 : 0);
            string word = (label == 1 ? weather : kitchen)[random.Next(4)];
            string prompt = $"today number {random.Next(1000)} is {word}";
            lines.Append(CultureInfo.InvariantCulture, $"{{\"id\":\"{i}\",\"prompt\":\"{prompt}\",\"unsafe\":{label}}}\n");
        }

        File.WriteAllText(_folder[name], lines.ToString());
        return _folder[name];
    }

    private sealed class CancelAfter(int epochs, CancellationTokenSource cancellation) : IProgress<NGramTrainingProgress>
    {
        public void Report(NGramTrainingProgress value)
        {
            if (value.HeldOutAuprc is not null && value.Epoch == epochs)
            {
                cancellation.Cancel();
            }
        }
    }
}
