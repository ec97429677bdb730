using System.Runtime.InteropServices;
using System.Text.Json;
using Picket.Data;
using Picket.Models;
using Picket.Models.Bundles;
using Picket.Models.Formats;
using Picket.Training.Distillation;
using Picket.Training.NGram;
using Picket.Training.Optimisation;
using Picket.Training.Tests.DebertaV2;
using Picket.Training.Tests.NGram;

namespace Picket.Training.Tests.Distillation;

public sealed class StudentAveragerTests : IDisposable
{
    private static readonly Example[] s_examples = MildExamples.Draw(300);
    private readonly TinyStudent _tiny = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_TwoStudentsOfOneEncoder_HasTheMeansOfTheirWeights()
    {
        await TrainAsync();

        AverageCard card = await AverageAsync(["one", "two"], "average");

        Assert.True(card.Metrics[0].Auprc >= card.Students.Min(static student => student.Metrics.Auprc));
        string[] folders = ["one", "two", "average"];
        foreach (string name in (string[])["deberta.embeddings.word_embeddings.weight", "pooler.dense.weight", "classifier.weight"])
        {
            float[][] weights = [.. folders.Select(folder => Read(folder, name))];
            Assert.NotEqual(weights[0], weights[1]);
            Assert.Equal(weights[0].Zip(weights[1], static (x, y) => (float)(((double)x + y) / 2)), weights[2]);
        }
    }

    [Fact]
    public async Task RunAsync_Written_IsAGuardWhoseCardTellsWhatToBlendItOn()
    {
        await TrainAsync();

        await AverageAsync(["one", "two"], "average");

        await using IGuard guard = await GuardLoader.LoadAsync(_tiny["average"], cancellationToken: Token);
        Example[] unseen = MildExamples.Draw(60, seed: 9);
        IReadOnlyList<GuardScore> scores = await guard.ScoreAsync([.. unseen.Select(static example => example.ToInput())], Token);
        Assert.All(scores.Zip(unseen), static pair => Assert.Equal(pair.Second.Unsafe, pair.First.UnsafeProbability >= 0.5));
        JsonElement card = Bundle.Open(_tiny["average"]).Manifest.Training!.Value;
        Assert.Equal(0.25, card.GetProperty("settings").GetProperty("held_out_share").GetDouble());
        Assert.Equal("train.jsonl", Assert.Single(card.GetProperty("data").EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal(2, card.GetProperty("students").GetArrayLength());
    }

    [Fact]
    public async Task RunAsync_RowsThatTheStudentsLearnedFrom_AreRefused()
    {
        await TrainAsync();

        PicketException fault = await Assert.ThrowsAsync<PicketException>(() => AverageAsync(["one", "two"], "average", heldOutOnly: null));

        Assert.Contains("the guard learned from train.jsonl", fault.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_tiny["average"]));
    }

    [Theory]
    [InlineData("expected two students or more", "one")]
    [InlineData("expected different students, found one twice", "one", "one")]
    [InlineData("expected the tokenizer of ", "one", "other")]
    [InlineData("expected a deberta-v2 guard in fp32, found another", "one", "int8")]
    public async Task RunAsync_StudentsThatDoNotFit_AreRefused(string expected, params string[] folders)
    {
        await TrainAsync();
        Change("one", "other", "tokenizer.json", static manifest => manifest);
        Change("one", "int8", "config.json", static manifest => manifest with { Deberta = manifest.Deberta! with { Weights = "int8" } });

        PicketException fault = await Assert.ThrowsAsync<PicketException>(() => AverageAsync(folders, "average"));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_tiny["average"]));
    }

    [Fact]
    public async Task RunAsync_StudentsOfDifferentEncoders_WritesNothingAndSaysWhy()
    {
        await TrainAsync();
        Change("one", "mirrored", TensorSource.FileName, static manifest => manifest, Mirrored);

        PicketException fault = await Assert.ThrowsAsync<PicketException>(() => AverageAsync(["one", "mirrored"], "average"));

        Assert.StartsWith("nothing is written: expected students of one encoder", fault.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_tiny["average"]));
    }

    public void Dispose() => _tiny.Dispose();

    private async Task TrainAsync()
    {
        DistilOptions options = _tiny.Options with { Training = _tiny.Options.Training with { Epochs = 10 } };
        await DistilAsync(options, "encoder");
        foreach ((string folder, int seed) in ((string, int)[])[("one", 1), ("two", 2)])
        {
            await DistilAsync(
                options with
                {
                    Student = options.Student with { From = _tiny["encoder"] },
                    Training = options.Training with { Epochs = 1, Seed = seed },
                },
                folder);
        }
    }

    private Task<TrainingHistory> DistilAsync(DistilOptions options, string folder) =>
        Distiller.RunAsync(options, s_examples, [Source], _tiny[folder], cancellationToken: Token);

    private Task<AverageCard> AverageAsync(string[] folders, string target, double? heldOutOnly = 0.25) => StudentAverager.RunAsync(
        [.. folders.Select(folder => _tiny[folder])],
        _tiny[target],
        new AverageOptions { HeldOutOnly = heldOutOnly },
        [(Source, s_examples)],
        cancellationToken: Token);

    private static DataSource Source => new("train.jsonl", "00", s_examples.Length, s_examples.Count(static row => row.Unsafe == true));

    private float[] Read(string folder, string tensor)
    {
        using TensorSource source = TensorSource.Open(_tiny[folder]);
        return source.ReadFloats(tensor, [.. source.Info(tensor).Shape.Select(static size => (int)size)]);
    }

    private void Change(
        string from, string to, string file, Func<GuardManifest, GuardManifest> manifest, Func<byte[], byte[]>? content = null)
    {
        var bundle = Bundle.Open(_tiny[from]);
        Dictionary<string, byte[]> files = bundle.Manifest.Files.Keys.ToDictionary(static name => name, bundle.Read, StringComparer.Ordinal);
        files[file] = content?.Invoke(files[file]) ?? [.. files[file], (byte)'\n'];
        Bundle.Write(_tiny[to], manifest(bundle.Manifest), files);
    }

    // The same function of other weights: the encoder's output and what reads it are negated. The mean of the two is blind to its input.
    private static byte[] Mirrored(byte[] weights)
    {
        string[] negated =
            ["deberta.encoder.layer.1.output.LayerNorm.weight", "deberta.encoder.layer.1.output.LayerNorm.bias", "pooler.dense.weight"];
        Dictionary<string, Tensor> tensors = Safetensors.Parse(weights, TensorSource.FileName).ToDictionary(StringComparer.Ordinal);
        foreach (string name in negated)
        {
            float[] values = MemoryMarshal.Cast<byte, float>(tensors[name].Data.Span).ToArray();
            tensors[name] = Tensor.From([.. values.Select(static value => -value)], [.. tensors[name].Shape]);
        }

        using var written = new MemoryStream();
        Safetensors.Write(written, tensors);
        return written.ToArray();
    }
}
