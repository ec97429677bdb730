using Picket.Compute;
using Picket.Models.DebertaV2;
using Picket.Models.Formats;
using Picket.Training.DebertaV2;

namespace Picket.Training.Tests.DebertaV2;

public sealed class EngineTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(3, false)]
    [InlineData(0, true)]
    public void Logits_OfTheTrainingPath_AreThoseOfTheEngine(int taps, bool checkpointing)
    {
        DebertaV2Config config = TinyModel.Config with { ConvKernelSize = taps };
        using var context = new ComputeContext(new ComputeOptions { Threads = 2 });
        using TrainableDebertaV2 model = TinyModel.Create(config, context, new StudentOptions { Checkpointing = checkpointing });
        using TensorSource source = TinyModel.Saved(model);
        using DebertaV2Network network = DebertaV2Network.Load(source, config, context);
        using DebertaV2Scratch scratch = network.CreateScratch();
        LabelledTokens[] rows = TinyModel.Rows(config, [1, 2, 17, 90]);
        var batch = new RaggedBatch();
        Array.ForEach(rows, row => batch.Add(row.Tokens));

        double[] margins = new ClassificationObjective(model).Margins(rows);

        Matrix<float> logits = network.Run(context, batch, scratch).Logits;
        for (int i = 0; i < rows.Length; i++)
        {
            Assert.Equal(logits[i][1] - logits[i][0], margins[i], 1e-4);
        }
    }

    [Fact]
    public void Load_WhatSaveWrote_GivesTheSameParameters()
    {
        DebertaV2Config config = TinyModel.Config with { ConvKernelSize = 3 };
        using var context = new ComputeContext(new ComputeOptions { Threads = 1 });
        using TrainableDebertaV2 model = TinyModel.Create(config, context);
        using TensorSource source = TinyModel.Saved(model);
        using var again = new TrainableDebertaV2(config, DebertaV2Head.Classifier, new StudentOptions(), context);

        IReadOnlyList<string> missing = again.Load(source);

        Assert.Empty(missing);
        Assert.All(model.Parameters.Zip(again.Parameters), static pair =>
            Assert.True(pair.First.Values.SequenceEqual(pair.Second.Values), pair.First.Name));
    }
}
