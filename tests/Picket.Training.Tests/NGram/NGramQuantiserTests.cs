using Picket.Data;
using Picket.Models.NGram;
using Picket.Text;
using Picket.Training.NGram;

namespace Picket.Training.Tests.NGram;

public sealed class NGramQuantiserTests
{
    private static readonly NGramShape s_shape = MildExamples.Options.Shape with { BucketBits = 12, Dimension = 16 };

    [Fact]
    public void Quantise_Probabilities_StayCloseToTheFloatNetwork()
    {
        Example[] examples = MildExamples.Draw(200);
        TrainingRow[] rows = [.. examples.Select(static example => TrainingRow.From(example, TextNormaliser.Default, s_shape))];
        NGramParameters parameters = Create(rows);
        var calibration = new Calibration(1.4, 0.3);
        var network = new NGramNetwork(s_shape, NGramQuantiser.Quantise(parameters, calibration), "m");
        var pass = new NGramPass(parameters);
        var scratch = new NGramScratch();

        double[] losses = [.. examples.Zip(rows, (example, row) =>
        {
            float logit = network.Score(example.Prompt, example.Response, example.Response is not null, scratch, new float[s_shape.Hidden], out _);
            return Math.Abs(Sigmoid(logit / 1.4) - Sigmoid((parameters.Run(row, pass) / 1.4) + 0.3));
        })];

        Assert.True(losses.Max() < 0.02, $"largest difference {losses.Max()}");
        Assert.True(losses.Average() < 0.004, $"mean difference {losses.Average()}");
    }

    [Fact]
    public void Quantise_MassColumn_HoldsTheSquaredWeights()
    {
        NGramParameters parameters = Create([]);

        var tensors = NGramQuantiser.Quantise(parameters, new Calibration(1, 0));

        float[] scale = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(tensors["scale"].Data.Span).ToArray();
        Assert.All(parameters.Weights, (weight, row) =>
            Assert.Equal(weight * weight, (sbyte)tensors["embeddings"].Data.Span[(row * 16) + 15] * scale[15], scale[15] * 0.51f));
    }

    [Fact]
    public void Weights_Buckets_AreSmoothedInverseDocumentFrequencies()
    {
        TrainingRow[] rows = [new([2, 3], null, true), new([4], [2, 5], false), new([], null, false)];

        float[] weights = InverseDocumentFrequency.Weights(rows, 8, wordWeight: 3);

        Assert.Equal((Math.Log(4.0 / 1) + 1) / 8, weights[0], 1e-6);
        Assert.Equal((Math.Log(4.0 / 2) + 1) / 8 * 3, weights[3], 1e-6);
        Assert.Equal((Math.Log(4.0 / 3) + 1) / 8, weights[2], 1e-6);
        Assert.Equal((Math.Log(4.0 / 2) + 1) / 8, weights[4], 1e-6);
    }

    private static NGramParameters Create(TrainingRow[] rows)
    {
        var parameters = new NGramParameters(s_shape, InverseDocumentFrequency.Weights(rows, 1 << s_shape.BucketBits, 3), seed: 2);
        for (int i = 0; i < parameters.Embeddings.Length; i++)
        {
            parameters.Embeddings[i] *= 30;
        }

        return parameters;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
