using Picket.Compute;
using Picket.Models.Bundles;
using Picket.Models.DebertaV2;
using Picket.Models.Formats;
using Picket.Models.Quantisation;
using Picket.Models.Tests.DebertaV2;
using Picket.Testing;

namespace Picket.Models.Tests.Quantisation;

public sealed class GuardQuantiserTests : IDisposable
{
    private readonly RandomGuard _guard = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Quantise_Int8_ScoresNearTheOriginal()
    {
        await GuardQuantiser.QuantiseAsync(_guard.Path, _guard.Out, cancellationToken: Token);

        Assert.InRange(await DifferenceAsync(), 1e-6, 0.4);
    }

    [Fact]
    public async Task Quantise_Int8_StoresThePositionsOfTheOriginalsProjections()
    {
        await GuardQuantiser.QuantiseAsync(_guard.Path, _guard.Out, cancellationToken: Token);

        using var original = TensorSource.Open(_guard.Path);
        using var quantised = TensorSource.Open(_guard.Out);
        using var context = new ComputeContext(new ComputeOptions { Threads = 1 });
        var config = DebertaV2Config.Read(Path.Combine(_guard.Path, DebertaV2Config.FileName));
        var reader = new CheckpointReader(original);
        using var relative = new RelativeEmbeddings(reader, config, context);
        using var memory = new WeightBuffer();
        string name = "deberta.encoder.layer.0.attention.self.key_proj";
        var weights = new LinearSource(reader, context, memory, config.HiddenSize, config.HiddenSize, name);
        using var map = new FloatLinear(weights.ReadWeights(), weights.ReadBias(), context);
        Matrix<float> expected = relative.Project(map, config.HiddenSize);
        float[] stored = quantised.ReadFloats(RelativeEmbeddings.ResultOf(name), config.RelativeRows, config.HiddenSize);
        for (int row = 0; row < config.RelativeRows; row++)
        {
            Assert.Equal(
                expected[row].ToArray().Select(static value => (float)(Half)value), stored.Skip(row * config.HiddenSize).Take(config.HiddenSize));
        }
    }

    [Fact]
    public async Task Quantise_Fp16_ScoresNearerTheOriginal()
    {
        await GuardQuantiser.QuantiseAsync(_guard.Path, _guard.Out, new QuantiserOptions { Weights = QuantisedWeights.Fp16 }, cancellationToken: Token);

        Assert.InRange(await DifferenceAsync(), 1e-8, 0.005);
    }

    [Fact]
    public async Task Quantise_Fp16_GivesTheBitsOfFloatsThatAreRounded()
    {
        await GuardQuantiser.QuantiseAsync(_guard.Path, _guard.Out, new QuantiserOptions { Weights = QuantisedWeights.Fp16 }, cancellationToken: Token);
        foreach ((string name, (float[] values, int[] shape)) in _guard.Tensors)
        {
            bool rounded = shape.Length == 2 && (name.Contains("layer.", StringComparison.Ordinal) || name.Contains("word_", StringComparison.Ordinal));
            for (int i = 0; rounded && i < values.Length; i++)
            {
                values[i] = (float)(Half)values[i];
            }
        }

        _guard.Save();

        Assert.Equal(0, await DifferenceAsync());
    }

    /// <summary>Random weights have no margins; the weights alone make up 50 to 80 % of the difference, the inputs' seven bits the rest.</summary>
    [Theory]
    [InlineData("tiny", 0.1)]
    [InlineData("conv", 0.1)]
    [InlineData("head-64", 0.1)]
    [InlineData("tiny-f16", 0.1)]
    [InlineData("tiny-bf16", 0.1)]
    public async Task Quantise_ReferenceModel_StaysNearHuggingFace(string name, double mostOnAverage)
    {
        string folder = SharedFolder.Require($"refs/deberta/{name}");
        foreach (string file in (string[])["config.json", "model.safetensors"])
        {
            File.Delete(_guard.In(file));
            File.WriteAllBytes(_guard.In(file), File.ReadAllBytes(Path.Combine(folder, file)));
        }

        await GuardQuantiser.QuantiseAsync(_guard.Path, _guard.Out, cancellationToken: Token);

        IReadOnlyList<double> integers = LogitDifferences(folder, LinearFactories.Stored);
        IReadOnlyList<double> widened = LogitDifferences(folder, LinearFactories.Fp32);
        Assert.InRange(integers.Average(), 1e-4, mostOnAverage);
        Assert.InRange(integers.Max(), 1e-4, 3 * mostOnAverage);
        Assert.InRange(widened.Average(), 1e-4, 0.9 * integers.Average());
    }

    [Fact]
    public async Task Quantise_PlainFolder_WritesABundleThatVerifies()
    {
        QuantisationResult result = await GuardQuantiser.QuantiseAsync(_guard.Path, _guard.Out, cancellationToken: Token);

        var bundle = Bundle.Open(_guard.Out);
        bundle.Verify(Token);
        Assert.Equal(["config.json", "model.safetensors", "tokenizer.json"], bundle.Manifest.Files.Keys.Order());
        Assert.Equal(("deberta-v2", "guard-int8", "int8"), (bundle.Manifest.Kind, bundle.Manifest.Name, bundle.Manifest.Deberta!.Weights));
        Assert.Equal(new QuantisationRecord("guard", Measured: false), bundle.Manifest.Deberta.Quantisation);
        Assert.Null(bundle.Manifest.Deberta.Fp32Layers);
        Assert.Equal((9, new FileInfo(Path.Combine(_guard.Out, "model.safetensors")).Length), (result.Units, result.BytesAfter));
        Assert.Equal(["guard", "out"], Directory.GetFileSystemEntries(_guard.Scratch[""]).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Quantise_Bundle_CarriesItsSettingsAndFilesOver()
    {
        var manifest = new GuardManifest
        {
            Kind = "deberta-v2",
            Name = "mine",
            Files = new Dictionary<string, BundleFile>(),
            Labels = ["good", "bad"],
            Temperature = 1.5,
            Threshold = 0.25,
            FeatureWidth = 32,
            Deberta = new DebertaV2Settings(MaxTokens: 16, OverlapTokens: 4, UnsafeLabel: 0),
        };
        string[] names = ["config.json", "model.safetensors", "tokenizer.json"];
        Dictionary<string, byte[]> files = names.ToDictionary(static name => name, name => File.ReadAllBytes(_guard.In(name)));
        files["LICENSE"] = "MIT"u8.ToArray();
        Bundle.Write(_guard.Scratch["bundle"], manifest, files);

        await GuardQuantiser.QuantiseAsync(_guard.Scratch["bundle"], _guard.Out, new QuantiserOptions { Name = "small" }, cancellationToken: Token);

        GuardManifest written = Bundle.Open(_guard.Out).Manifest;
        Assert.Equal(("small", 1.5, 0.25, 32, true), (written.Name, written.Temperature, written.Threshold, written.FeatureWidth, written.Normalise));
        Assert.Equal(manifest.Labels, written.Labels);
        Assert.Equal(
            manifest.Deberta with { Weights = "int8", Quantisation = new QuantisationRecord("mine", Measured: false) }, written.Deberta);
        Assert.Equal("MIT", File.ReadAllText(Path.Combine(_guard.Out, "LICENSE")));
    }

    [Fact]
    public async Task Quantise_Shards_GivesTheSameFile()
    {
        await GuardQuantiser.QuantiseAsync(_guard.Path, _guard.Out, cancellationToken: Token);
        _guard.Save(shards: 3);

        await GuardQuantiser.QuantiseAsync(_guard.Path, _guard.Scratch["second"], cancellationToken: Token);

        Assert.Equal(File.ReadAllBytes(Path.Combine(_guard.Out, "model.safetensors")), File.ReadAllBytes(_guard.Scratch["second/model.safetensors"]));
    }

    [Fact]
    public async Task Quantise_SentencePieceFile_IsCopied()
    {
        string model = SharedFolder.Require("refs/spm/own-2000/spm.model");
        File.Delete(_guard.In("tokenizer.json"));
        File.Copy(model, _guard.In("spm.model"));
        float[] embeddings = new float[2100 * 32];
        new Random(1).NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(embeddings.AsSpan()));
        _guard.Tensors["deberta.embeddings.word_embeddings.weight"] = ([.. embeddings.Select(static value => float.IsFinite(value) ? value % 3 : 1)], [2100, 32]);
        _guard.Save();
        File.WriteAllText(_guard.In("config.json"), File.ReadAllText(_guard.In("config.json")).Replace("\"vocab_size\":64", "\"vocab_size\":2100", StringComparison.Ordinal));

        await GuardQuantiser.QuantiseAsync(_guard.Path, _guard.Out, cancellationToken: Token);

        Assert.Equal(File.ReadAllBytes(model), File.ReadAllBytes(Path.Combine(_guard.Out, "spm.model")));
        Assert.InRange(await DifferenceAsync(), 1e-7, 0.3);
    }

    [Fact]
    public async Task Quantise_Fp16BeyondTheRange_LeavesThatUnitInFloats()
    {
        _guard.Tensors[$"{RandomGuard.Layer}.attention.self.key_proj.weight"].Values[3] = -70_000;
        _guard.Save();

        QuantisationResult result = await GuardQuantiser.QuantiseAsync(
            _guard.Path, _guard.Out, new QuantiserOptions { Weights = QuantisedWeights.Fp16 }, cancellationToken: Token);

        KeyValuePair<string, string> kept = Assert.Single(result.Kept);
        Assert.Equal($"{RandomGuard.Layer}.attention.self", kept.Key);
        Assert.Contains("key_proj.weight holds 7E+04, and 16-bit floats end at 65504", kept.Value, StringComparison.Ordinal);
        Assert.Equal(result.Kept, Bundle.Open(_guard.Out).Manifest.Deberta!.Fp32Layers!);
        Assert.InRange(await DifferenceAsync(), 0, 0.01);
    }

    public void Dispose() => _guard.Dispose();

    /// <summary>What the logits of the guard that was written differ by from Hugging Face's.</summary>
    private List<double> LogitDifferences(string folder, LinearFactory factory)
    {
        using var context = new ComputeContext();
        using TensorSource weights = Bundle.Open(_guard.Out).OpenWeights();
        using var network = DebertaV2Network.Load(weights, DebertaV2Config.Read(Path.Combine(_guard.Out, "config.json")), context, factory);
        using DebertaV2Scratch scratch = network.CreateScratch();
        var differences = new List<double>();
        foreach (ReferenceCase item in ReferenceModel.ReadCases(folder))
        {
            var batch = new RaggedBatch();
            item.Sequences.ToList().ForEach(sequence => batch.Add(sequence));
            DebertaV2Result found = network.Run(context, batch, scratch);
            differences.AddRange(item.Logits.SelectMany((logits, row) => logits.Zip(found.Logits[row].ToArray(), static (one, other) => Math.Abs(one - other))));
        }

        return differences;
    }

    /// <summary>The largest difference of the log-odds between the folder's guard and the one that was written.</summary>
    private async Task<double> DifferenceAsync()
    {
        await using IGuard original = await GuardLoader.LoadAsync(_guard.Path, normalise: false, Token);
        await using IGuard quantised = await GuardLoader.LoadAsync(_guard.Out, normalise: false, Token);
        IReadOnlyList<GuardScore> one = await original.ScoreAsync(RandomGuard.Texts, Token);
        IReadOnlyList<GuardScore> other = await quantised.ScoreAsync(RandomGuard.Texts, Token);
        return LogOddsDifference.Of([.. one.Select(static score => score.UnsafeProbability)], [.. other.Select(static score => score.UnsafeProbability)]).Max;
    }
}
