using Picket.Models.DebertaV2;
using Picket.Models.Formats;
using Picket.Testing;

namespace Picket.Models.Tests.DebertaV2;

/// <summary>The reference checkpoints, written by Hugging Face's own code.</summary>
public sealed class FixtureTests
{
    [Theory]
    [InlineData("tiny", TensorType.F32, 1000, 64, 3, 4, 0)]
    [InlineData("conv", TensorType.F32, 800, 64, 3, 4, 3)]
    [InlineData("head-64", TensorType.F32, 400, 128, 2, 2, 0)]
    [InlineData("tiny-f16", TensorType.F16, 300, 64, 2, 4, 0)]
    [InlineData("tiny-bf16", TensorType.BF16, 300, 64, 2, 4, 0)]
    public void Read_Fixture_GivesShapeAndTensors(string name, TensorType type, int vocabulary, int hidden, int layers, int heads, int taps)
    {
        string folder = SharedFolder.Require(Path.Combine("refs", "deberta", name));

        DebertaV2Config config = DebertaV2Config.Read(Path.Combine(folder, DebertaV2Config.FileName));
        using TensorSource weights = TensorSource.Open(folder);
        float[] embeddings = weights.ReadFloats("deberta.embeddings.word_embeddings.weight", config.VocabSize, config.HiddenSize);

        Assert.Equal(
            (vocabulary, hidden, layers, heads, taps),
            (config.VocabSize, config.HiddenSize, config.Layers, config.Heads, config.ConvKernelSize));
        Assert.Equal(type, weights.Info("deberta.encoder.rel_embeddings.weight").Type);
        Assert.Equal([config.RelativeRows, hidden], weights.Info("deberta.encoder.rel_embeddings.weight").Shape);
        Assert.Equal([2, hidden], weights.Info("classifier.weight").Shape);
        Assert.All(embeddings, static value => Assert.InRange(value, -10, 10));
        Assert.Contains(embeddings, static value => value != 0);
    }
}
