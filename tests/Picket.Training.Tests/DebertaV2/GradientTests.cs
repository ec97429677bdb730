using Picket.Compute;
using Picket.Models.DebertaV2;
using Picket.Training.Autograd;
using Picket.Training.DebertaV2;
using Picket.Training.Tests.Autograd;

namespace Picket.Training.Tests.DebertaV2;

public sealed class GradientTests
{
    [Theory]
    [InlineData(2, 0, 0f, false)]
    [InlineData(2, 3, 0f, false)]
    [InlineData(1, 3, 0.2f, false)]
    [InlineData(2, 0, 0.2f, false)]
    [InlineData(3, 3, 0.2f, true)]
    public void Accumulate_WholeModel_GradientIsThatOfDoubles(int layers, int taps, float dropout, bool checkpointing)
    {
        DebertaV2Config config = TinyModel.Config with { Layers = layers, ConvKernelSize = taps };
        using var context = new ComputeContext(new ComputeOptions { Threads = 2 });
        var options = new StudentOptions { HiddenDropout = dropout, AttentionDropout = dropout / 2, Checkpointing = checkpointing };
        using TrainableDebertaV2 model = TinyModel.Create(config, context, options);
        LabelledTokens[] rows = TinyModel.Rows(config, [1, 4, 7]);

        double loss = new ClassificationObjective(model).Accumulate(rows, share: 1, seed: 11);

        using var reference = new ReferenceDebertaV2(model, options, seed: 11);
        Assert.Equal(reference.Loss(rows), loss, 1e-5);
        foreach (Parameter parameter in model.Parameters)
        {
            GradientCheck.Near(() => reference.Loss(rows), reference.Values[parameter.Name], parameter, elements: 12, seed: 11);
        }
    }

    [Fact]
    public void Accumulate_AnyNumberOfThreads_GivesTheSameBits()
    {
        float[][] gradients = [.. ((int[])[1, 2, 3]).Select(static threads =>
        {
            using var context = new ComputeContext(new ComputeOptions { Threads = threads });
            var options = new StudentOptions { HiddenDropout = 0.1f, AttentionDropout = 0.1f };
            using TrainableDebertaV2 model = TinyModel.Create(TinyModel.Config, context, options);
            new ClassificationObjective(model).Accumulate(TinyModel.Rows(TinyModel.Config, [60, 2, 33, 40]), 1, 2);
            return model.Parameters.SelectMany(static parameter => parameter.Gradients.ToArray()).ToArray();
        })];

        Assert.Equal(gradients[0], gradients[1]);
        Assert.Equal(gradients[0], gradients[2]);
    }

    [Fact]
    public void Accumulate_WithCheckpointing_GivesTheSameBits()
    {
        float[][] gradients = [.. ((bool[])[false, true]).Select(static checkpointing =>
        {
            using var context = new ComputeContext(new ComputeOptions { Threads = 2 });
            var options = new StudentOptions { Checkpointing = checkpointing };
            using TrainableDebertaV2 model = TinyModel.Create(TinyModel.Config, context, options);
            new ClassificationObjective(model).Accumulate(TinyModel.Rows(TinyModel.Config, [30, 12]), 1, 2);
            return model.Parameters.SelectMany(static parameter => parameter.Gradients.ToArray()).ToArray();
        })];

        Assert.Equal(gradients[0], gradients[1]);
    }
}
