using System.Text.Json.Nodes;
using Picket.Models.Formats;
using Picket.Models.NGram;
using Picket.Models.Tests.Bundles;
using Picket.Models.Tests.NGram;

namespace Picket.Models.Tests;

public sealed class GuardLoaderTests : IDisposable
{
    private readonly BundleFolder _folder = new();

    [Fact]
    public async Task LoadAsync_SoundBundle_GivesTheGuardOfTheManifest()
    {
        await using IGuard guard = await GuardLoader.LoadAsync(_folder.Path, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(new GuardDescription("random", "ngram", RandomNetwork.Shape.Hidden, 0, 0.4), guard.Description);
    }

    [Fact]
    public async Task LoadAsync_Normalising_UndoesInvisibleCharacters()
    {
        GuardInput[] inputs = [new("good morning"), new("good mor\u200Bning")];
        await using IGuard normalising = await GuardLoader.LoadAsync(_folder.Path, cancellationToken: TestContext.Current.CancellationToken);
        await using IGuard plain = await GuardLoader.LoadAsync(_folder.Path, normalise: false, TestContext.Current.CancellationToken);

        IReadOnlyList<GuardScore> same = await normalising.ScoreAsync(inputs, TestContext.Current.CancellationToken);
        IReadOnlyList<GuardScore> different = await plain.ScoreAsync(inputs, TestContext.Current.CancellationToken);

        Assert.Equal(same[0].UnsafeProbability, same[1].UnsafeProbability);
        Assert.NotEqual(different[0].UnsafeProbability, different[1].UnsafeProbability);
    }

    [Fact]
    public async Task LoadAsync_ManifestWithoutNormaliser_LeavesItOut()
    {
        _folder.With(static json => json["normalise"] = false);

        await using IGuard guard = await GuardLoader.LoadAsync(_folder.Path, cancellationToken: TestContext.Current.CancellationToken);

        Assert.IsType<NGramGuard>(guard);
    }

    [Fact]
    public async Task LoadAsync_Cancelled_Throws()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await GuardLoader.LoadAsync(_folder.Path, cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void LoadAsync_ExchangedContent_NamesFileAndHash()
    {
        byte[] content = File.ReadAllBytes(_folder.Weights);
        content[^1] ^= 1;
        File.WriteAllBytes(_folder.Weights, content);

        _folder.AssertRefused(_folder.Weights, "expected SHA-256");
    }

    [Fact]
    public void LoadAsync_OtherLength_NamesFileAndBothLengths()
    {
        long length = new FileInfo(_folder.Weights).Length;
        _folder.With(static json => json["files"]![NGramGuard.WeightsFile]!["bytes"] = 5);

        _folder.AssertRefused(_folder.Weights, "(5 bytes)", $"({length} bytes)");
    }

    [Fact]
    public void LoadAsync_WeightsMissing_NamesFile()
    {
        File.Delete(_folder.Weights);

        _folder.AssertRefused(_folder.Weights, "cannot be read");
    }

    [Fact]
    public void LoadAsync_WeightsNotListed_NamesFileAndField()
    {
        _folder.With(static json => json["files"] = new JsonObject());

        _folder.AssertRefused(_folder.Manifest, "field \"files\"", NGramGuard.WeightsFile);
    }

    [Fact]
    public void LoadAsync_ManifestMissing_SaysThatTheFolderHasNone()
    {
        File.Delete(_folder.Manifest);

        _folder.AssertRefused(_folder.Manifest, "the folder has none");
    }

    [Fact]
    public void LoadAsync_FolderMissing_SaysSo()
    {
        Directory.Delete(_folder.Path, recursive: true);

        _folder.AssertRefused(_folder.Manifest, "there is no such folder");
    }

    [Theory]
    [InlineData("kind")]
    [InlineData("name")]
    [InlineData("files")]
    public void LoadAsync_RequiredFieldMissing_NamesFileAndField(string field)
    {
        _folder.With(json => json.AsObject().Remove(field));

        _folder.AssertRefused(_folder.Manifest, $"'{field}'");
    }

    [Theory]
    [InlineData("sha256")]
    [InlineData("bytes")]
    public void LoadAsync_FieldOfAFileMissing_NamesFileAndField(string field)
    {
        _folder.With(json => json["files"]![NGramGuard.WeightsFile]!.AsObject().Remove(field));

        _folder.AssertRefused(_folder.Manifest, "files", $"'{field}'");
    }

    [Theory]
    [InlineData("kind", "\"tarot\"", "field \"kind\": expected ngram, deberta-v2 or blend, found tarot")]
    [InlineData("kind", "null", "$.kind")]
    [InlineData("format", "2", "field \"format\": expected 1, found 2")]
    [InlineData("format", "0", "field \"format\": expected 1, found 0")]
    [InlineData("format", "\"one\"", "$.format")]
    [InlineData("temperature", "0", "field \"temperature\": expected a number above 0, found 0")]
    [InlineData("temperature", "-1", "field \"temperature\"")]
    [InlineData("threshold", "1.5", "field \"threshold\": expected a number from 0 to 1, found 1.5")]
    [InlineData("labels", "[\"safe\"]", "field \"labels\": expected two, found 1")]
    [InlineData("files", "{\"model.safetensors\":null}", "field \"files\"")]
    [InlineData("ngram", "null", "field \"ngram\": expected the shape of the network, found none")]
    [InlineData("ngram", "7", "$.ngram")]
    public void LoadAsync_BadValue_NamesFileAndField(string field, string value, string expected)
    {
        _folder.With(json => json[field] = JsonNode.Parse(value));

        _folder.AssertRefused(_folder.Manifest, expected);
    }

    [Theory]
    [InlineData("bucket_bits", 9)]
    [InlineData("bucket_bits", 25)]
    [InlineData("dimension", 12)]
    [InlineData("dimension", 72)]
    [InlineData("hidden", 0)]
    [InlineData("hidden", 264)]
    [InlineData("word_order", 4)]
    [InlineData("min_chars", 0)]
    [InlineData("max_chars", 9)]
    [InlineData("window_chars", 63)]
    [InlineData("window_chars", 1_000_001)]
    [InlineData("overlap_chars", 33)]
    [InlineData("overlap_chars", -1)]
    public void LoadAsync_ShapeOutOfRange_NamesFileAndField(string field, int value)
    {
        _folder.With(json => json["ngram"]![field] = value);

        _folder.AssertRefused(_folder.Manifest, "field \"ngram\"", field, $"{value}");
    }

    [Fact]
    public void LoadAsync_OtherShapeThanTheTensors_NamesFileAndTensor()
    {
        _folder.With(static json => json["ngram"]!["bucket_bits"] = 11);

        _folder.AssertRefused(_folder.Weights, "tensor embeddings: expected I8 [2048, 16], found I8 [1024, 16]");
    }

    [Theory]
    [InlineData("embeddings")]
    [InlineData("scale")]
    [InlineData("hidden.weight")]
    [InlineData("hidden.bias")]
    [InlineData("head.weight")]
    [InlineData("head.bias")]
    public void LoadAsync_TensorMissingOrOfAnotherShape_NamesFileAndTensor(string name)
    {
        Dictionary<string, Tensor> tensors = RandomNetwork.Tensors();
        tensors[name] = Tensor.From([1f, 2f, 3f], 3);
        using (var folder = new BundleFolder(tensors))
        {
            folder.AssertRefused(folder.Weights, $"tensor {name}: expected ", "found F32 [3]");
        }

        tensors.Remove(name);
        using (var folder = new BundleFolder(tensors))
        {
            folder.AssertRefused(folder.Weights, $"expected a tensor {name}, found none");
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void LoadAsync_NumberThatIsNotFinite_NamesFileAndTensor(float value)
    {
        Dictionary<string, Tensor> tensors = RandomNetwork.Tensors();
        tensors["head.bias"] = Tensor.From([0, value], 2);
        using var folder = new BundleFolder(tensors);

        folder.AssertRefused(folder.Weights, "tensor head.bias: expected finite numbers");
    }

    public void Dispose() => _folder.Dispose();
}
