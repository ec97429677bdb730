using Picket.Data;
using Picket.Models.Formats;
using Picket.Testing;
using Picket.Training.NGram;

namespace Picket.Training.Tests.NGram;

public sealed class NGramTrainerTests : IDisposable
{
    private static readonly NGramTrainerOptions s_options = MildExamples.Options;
    private static readonly Example[] s_examples = MildExamples.Draw(400);
    private readonly ScratchFolder _folder = new();

    private string Checkpoint => _folder["checkpoint"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Train_SeparableExamples_LearnsThem()
    {
        NGramTrainerOptions options = s_options with { Epochs = 20, Patience = 20 };

        NGramTrainingResult result = new NGramTrainer(options).Train(MildExamples.Draw(1000), cancellationToken: Token);

        Assert.True(result.History[result.KeptEpoch - 1].HeldOutAuprc > 0.99, string.Join('\n', result.History));
        Assert.True(result.History[^1].Loss < result.History[0].Loss);
        Assert.InRange(result.HeldOut.Count, 200, 300);
    }

    [Fact]
    public void Train_SameSeedTwice_GivesTheSameTensors() => AssertSame(Train(s_options), Train(s_options));

    [Fact]
    public void Train_OtherSeed_GivesOtherTensors()
    {
        NGramTrainingResult other = Train(s_options with { Seed = 2 });

        Assert.NotEqual(Train(s_options).Tensors["hidden.weight"].Data.ToArray(), other.Tensors["hidden.weight"].Data.ToArray());
    }

    [Fact]
    public void Train_OneThreadOrThree_GivesTheSameTensors() => AssertSame(Train(s_options, threads: 1), Train(s_options, threads: 3));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Train_ResumedAfterCancellation_GivesTheSameTensors(bool midEpoch)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var stop = new Probe(value =>
        {
            if (midEpoch ? value is { Epoch: 1, HeldOutAuprc: null } : value is { Epoch: 2, HeldOutAuprc: not null })
            {
                cancellation.Cancel();
            }
        });

        Assert.ThrowsAny<OperationCanceledException>(() => new NGramTrainer(s_options, 2).Train(s_examples, Checkpoint, stop, cancellation.Token));

        var seen = new List<NGramTrainingProgress>();
        NGramTrainingResult resumed = new NGramTrainer(s_options, 2).Train(s_examples, Checkpoint, new Probe(seen.Add), Token);
        AssertSame(Train(s_options), resumed);
        Assert.Equal(midEpoch ? 1 : 2, seen[0].Epoch);
    }

    [Fact]
    public void Train_FinishedCheckpoint_GivesTheSameTensorsAtOnce()
    {
        NGramTrainingResult first = new NGramTrainer(s_options).Train(s_examples, Checkpoint, null, Token);
        var seen = new List<NGramTrainingProgress>();

        NGramTrainingResult again = new NGramTrainer(s_options).Train(s_examples, Checkpoint, new Probe(seen.Add), Token);

        AssertSame(first, again);
        Assert.Empty(seen);
    }

    [Fact]
    public void Train_CheckpointOfOtherOptions_IsRefused() => AssertCheckpointRefused(s_options with { Seed = 9 }, s_examples);

    [Fact]
    public void Train_CheckpointOfOtherShape_IsRefused() =>
        AssertCheckpointRefused(s_options with { Shape = s_options.Shape with { Hidden = 16 } }, s_examples);

    [Fact]
    public void Train_CheckpointOfOtherData_IsRefused() =>
        AssertCheckpointRefused(s_options, [.. s_examples[..^1], s_examples[^1] with { Unsafe = !s_examples[^1].Unsafe }]);

    [Theory]
    [InlineData("header")]
    [InlineData("mean")]
    [InlineData("kept.embeddings")]
    public void Train_CheckpointWithDamagedTensor_SaysSo(string name)
    {
        new NGramTrainer(s_options).Train(s_examples, Checkpoint, null, Token);
        var tensors = new Dictionary<string, Tensor>(Safetensors.Parse(File.ReadAllBytes(Checkpoint), "c")) { [name] = Tensor.From([1f], 1) };
        using (FileStream file = File.Create(Checkpoint))
        {
            Safetensors.Write(file, tensors);
        }

        var fault = Assert.Throws<PicketException>(() => new NGramTrainer(s_options).Train(s_examples, Checkpoint, null, Token));
        Assert.StartsWith($"{Checkpoint}: the checkpoint is damaged", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Train_OneClass_IsRefused(bool isUnsafe)
    {
        Example[] oneClass = [.. s_examples.Where(example => example.Unsafe == isUnsafe)];

        var fault = Assert.Throws<PicketException>(() => new NGramTrainer(s_options).Train(oneClass, cancellationToken: Token));

        Assert.Contains("expected safe and unsafe rows", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_NoExamples_IsRefused() =>
        Assert.Throws<PicketException>(() => new NGramTrainer(s_options).Train([], cancellationToken: Token));

    [Fact]
    public void Train_RowWithoutLabel_NamesTheRow()
    {
        Example[] rows = [.. s_examples, new Example { Id = "odd-one", Prompt = "soup" }];

        var fault = Assert.Throws<PicketException>(() => new NGramTrainer(s_options).Train(rows, cancellationToken: Token));

        Assert.Equal("example odd-one, field \"unsafe\": expected a label, found none", fault.Message);
    }

    [Fact]
    public void Train_EpochsThatFallBehind_StopAfterPatience()
    {
        // Labels without a reason: held-out rows gain nothing for long.
        var random = new Random(3);
        Example[] noise = [.. s_examples.Select(example => example with { Unsafe = random.Next(2) == 1 })];
        NGramTrainerOptions options = s_options with { Epochs = 40, Patience = 2, Tolerance = 0 };

        NGramTrainingResult result = new NGramTrainer(options).Train(noise, cancellationToken: Token);

        Assert.Equal(result.KeptEpoch + 2, result.History.Count);
        Assert.Equal(result.History.Max(static epoch => epoch.HeldOutAuprc), result.History[result.KeptEpoch - 1].HeldOutAuprc);
    }

    [Fact]
    public void Train_EpochsWithinTheTolerance_KeepsTheLast()
    {
        NGramTrainerOptions options = s_options with { Tolerance = 0.2 };

        NGramTrainingResult result = Train(options);

        Assert.Equal(3, result.KeptEpoch);
    }

    [Fact]
    public void Train_LossWithoutBounds_SaysSo()
    {
        NGramTrainerOptions wild = s_options with { EmbeddingLearningRate = 1000, LearningRate = 1, Epochs = 300, Patience = 300 };

        Exception? fault = Record.Exception(() => Train(wild));

        Assert.True(fault is null or PicketException, $"{fault}");
    }

    [Fact]
    public void Train_SamePrompt_StaysOnOneSide()
    {
        Example[] rows = [.. s_examples, .. s_examples.Select(static example => example with { Id = example.Id + "b", Response = "bread" })];

        NGramTrainingResult result = new NGramTrainer(s_options with { Epochs = 1, Patience = 1 }).Train(rows, cancellationToken: Token);

        HashSet<string> heldOut = [.. result.HeldOut.Select(static example => example.Prompt)];
        Assert.Equal(rows.Count(row => heldOut.Contains(row.Prompt)), result.HeldOut.Count);
    }

    [Fact]
    public void Create_ManyFaultyOptions_ReportsThemTogether()
    {
        var options = new NGramTrainerOptions
        {
            Shape = s_options.Shape with { Dimension = 9, BucketBits = 30 },
            Epochs = 0,
            Patience = 0,
            BatchSize = 0,
            EmbeddingLearningRate = float.NaN,
            LearningRate = -1,
            Dropout = 1,
            LabelSmoothing = 0.5f,
            WordWeight = 0,
            HeldOutShare = 0.6,
            Tolerance = -1,
        };

        string message = Assert.Throws<PicketException>(() => new NGramTrainer(options)).Message;

        Assert.All(
            (string[])["dimension:", "bucket_bits:", "2^27", "epochs:", "patience:", "batch size:", "embedding learning rate:", "; learning rate:",
                "dropout:", "label smoothing:", "word weight:", "held-out share:", "tolerance:"],
            name => Assert.Contains(name, message, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private static NGramTrainingResult Train(NGramTrainerOptions options, int threads = 2) =>
        new NGramTrainer(options, threads).Train(s_examples, cancellationToken: Token);

    private static void AssertSame(NGramTrainingResult expected, NGramTrainingResult actual)
    {
        Assert.Equal(expected.Tensors.Keys, actual.Tensors.Keys);
        Assert.All(expected.Tensors, tensor => Assert.Equal(tensor.Value.Data.ToArray(), actual.Tensors[tensor.Key].Data.ToArray()));
        Assert.Equal((expected.Temperature, expected.KeptEpoch), (actual.Temperature, actual.KeptEpoch));
        Assert.Equal(expected.History, actual.History);
    }

    private void AssertCheckpointRefused(NGramTrainerOptions options, Example[] examples)
    {
        new NGramTrainer(s_options).Train(s_examples, Checkpoint, null, Token);

        var fault = Assert.Throws<PicketException>(() => new NGramTrainer(options).Train(examples, Checkpoint, null, Token));

        Assert.StartsWith($"{Checkpoint}: this checkpoint belongs to a training on other data", fault.Message, StringComparison.Ordinal);
    }

    private sealed class Probe(Action<NGramTrainingProgress> onReport) : IProgress<NGramTrainingProgress>
    {
        public void Report(NGramTrainingProgress value) => onReport(value);
    }
}
