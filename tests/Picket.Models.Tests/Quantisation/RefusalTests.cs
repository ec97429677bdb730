using Picket.Models.Bundles;
using Picket.Models.Quantisation;
using Picket.Models.Tests.Bundles;

namespace Picket.Models.Tests.Quantisation;

public sealed class RefusalTests : IDisposable
{
    private readonly RandomGuard _guard = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Quantise_IntoItself_IsRefused() => AssertRefusedAsync(_guard.Path, _guard.Path, _guard.Path, "expected no folder or an empty one", "a folder with files");

    [Fact]
    public async Task Quantise_IntoAnotherGuard_IsRefusedAndTheGuardStays()
    {
        Directory.CreateDirectory(_guard.Out);
        await File.WriteAllTextAsync(Path.Combine(_guard.Out, "guard.json"), "mine", Token);

        await AssertRefusedAsync(_guard.Path, _guard.Out, _guard.Out, "choose another or remove it first");

        Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(_guard.Out, "guard.json"), Token));
    }

    [Fact]
    public async Task Quantise_IntoAnEmptyFolder_IsDone()
    {
        Directory.CreateDirectory(_guard.Out);

        await GuardQuantiser.QuantiseAsync(_guard.Path, _guard.Out, cancellationToken: Token);

        Bundle.Open(_guard.Out).Verify(Token);
    }

    [Fact]
    public async Task Quantise_NGramGuard_SaysThatItIsSmallAlready()
    {
        using var ngram = new BundleFolder();

        await AssertRefusedAsync(ngram.Path, _guard.Out, "guard.json, field \"kind\": expected deberta-v2, found ngram", "8-bit integers from its training on");
    }

    [Theory]
    [InlineData(QuantisedWeights.Int8, QuantisedWeights.Int8, "weights: expected fp32 or fp16 to make int8 of, found int8")]
    [InlineData(QuantisedWeights.Int8, QuantisedWeights.Fp16, "weights: expected fp32 to make fp16 of, found int8")]
    [InlineData(QuantisedWeights.Fp16, QuantisedWeights.Fp16, "weights: expected fp32 to make fp16 of, found fp16")]
    public async Task Quantise_Quantised_IsRefused(QuantisedWeights first, QuantisedWeights second, string expected)
    {
        await GuardQuantiser.QuantiseAsync(_guard.Path, _guard.Scratch["once"], new QuantiserOptions { Weights = first }, cancellationToken: Token);

        await AssertRefusedAsync(_guard.Scratch["once"], _guard.Out, second, "guard.json, field \"deberta\"", expected);
    }

    [Fact]
    public async Task Quantise_Int8TensorsWithoutManifest_NamesTheTensor()
    {
        await GuardQuantiser.QuantiseAsync(_guard.Path, _guard.Scratch["once"], cancellationToken: Token);
        File.Delete(_guard.Scratch["once/guard.json"]);

        await AssertRefusedAsync(
            _guard.Scratch["once"], _guard.Out, "tensor deberta.embeddings.word_embeddings.weight: expected F32, F16 or BF16 [64, 32], found I8 [64, 32]");
    }

    [Fact]
    public async Task Quantise_NoTokenizer_IsRefused()
    {
        File.Delete(_guard.In("tokenizer.json"));

        await AssertRefusedAsync(_guard.Path, _guard.Out, "expected an spm.model or a tokenizer.json, found neither");
    }

    [Fact]
    public async Task Quantise_MissingTensor_NamesIt()
    {
        _guard.Tensors.Remove("pooler.dense.bias");
        _guard.Save();

        await AssertRefusedAsync(_guard.Path, _guard.Out, _guard.In("model.safetensors"), "expected a tensor pooler.dense.bias, found none");
    }

    [Fact]
    public async Task Quantise_OtherShape_NamesFoundAndExpected()
    {
        _guard.Tensors["pooler.dense.bias"] = (new float[31], [31]);
        _guard.Save();

        await AssertRefusedAsync(_guard.Path, _guard.Out, "tensor pooler.dense.bias: expected F32, F16 or BF16 [32], found F32 [31]");
    }

    [Theory]
    [InlineData(QuantisedWeights.Int8, float.NaN)]
    [InlineData(QuantisedWeights.Int8, float.PositiveInfinity)]
    [InlineData(QuantisedWeights.Fp16, float.NaN)]
    [InlineData(QuantisedWeights.Fp16, float.NegativeInfinity)]
    public async Task Quantise_NoNumber_NamesTensorAndRow(QuantisedWeights weights, float value)
    {
        _guard.Tensors[$"{RandomGuard.Layer}.output.dense.weight"].Values[(64 * 7) + 3] = value;
        _guard.Save();

        await AssertRefusedAsync(
            _guard.Path, _guard.Out, weights, $"tensor {RandomGuard.Layer}.output.dense.weight: expected finite numbers, found others in row 7");
    }

    [Theory]
    [InlineData(QuantisationStage.Writing)]
    [InlineData(QuantisationStage.Original)]
    [InlineData(QuantisationStage.AllQuantised)]
    [InlineData(QuantisationStage.Alone)]
    [InlineData(QuantisationStage.Keeping)]
    public async Task Quantise_Cancelled_LeavesNothing(QuantisationStage stage)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var options = new QuantiserOptions { Tolerance = 0, Calibration = await CalibrationSet.ReadAsync(_guard.WriteTexts(), cancellationToken: Token) };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => GuardQuantiser.QuantiseAsync(
            _guard.Path, _guard.Out, options, new CancelAt(stage, cancellation), cancellation.Token));

        Assert.Equal(["guard", "texts.jsonl"], Directory.GetFileSystemEntries(_guard.Scratch[""]).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Quantise_LeftoverOfAKill_IsClearedAway()
    {
        Directory.CreateDirectory(_guard.Scratch[".out.writing"]);
        await File.WriteAllTextAsync(_guard.Scratch[".out.writing/model.safetensors.tmp"], "half", Token);

        await GuardQuantiser.QuantiseAsync(_guard.Path, _guard.Out, cancellationToken: Token);

        Assert.False(Directory.Exists(_guard.Scratch[".out.writing"]));
        Assert.Equal(4, Directory.GetFiles(_guard.Out).Length);
    }

    public void Dispose() => _guard.Dispose();

    private Task AssertRefusedAsync(string from, string to, params string[] parts) => AssertRefusedAsync(from, to, QuantisedWeights.Int8, parts);

    private async Task AssertRefusedAsync(string from, string to, QuantisedWeights weights, params string[] parts)
    {
        var fault = await Assert.ThrowsAsync<PicketException>(
            () => GuardQuantiser.QuantiseAsync(from, to, new QuantiserOptions { Weights = weights }, cancellationToken: Token));

        Assert.Equal(fault.Message, fault.Message.ReplaceLineEndings(" "));
        Assert.All(parts, part => Assert.Contains(part, fault.Message, StringComparison.Ordinal));
        Assert.False(Directory.Exists(_guard.Scratch[".out.writing"]));
    }

    private sealed class CancelAt(QuantisationStage stage, CancellationTokenSource cancellation) : IProgress<QuantisationProgress>
    {
        public void Report(QuantisationProgress value)
        {
            if (value.Stage == stage)
            {
                cancellation.Cancel();
            }
        }
    }
}
