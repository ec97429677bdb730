using Picket.Compute;
using Picket.Models.DebertaV2;
using Picket.Models.Formats;
using Picket.Testing;
using Picket.Training.Autograd;
using Picket.Training.DebertaV2;

namespace Picket.Training.Tests.DebertaV2;

/// <summary>A model of two layers with weights large enough for gradients to differ from zero.</summary>
internal static class TinyModel
{
    public static DebertaV2Config Config { get; } = new()
    {
        VocabSize = 50,
        HiddenSize = 12,
        Layers = 2,
        Heads = 2,
        IntermediateSize = 20,
        MaxPositions = 64,
        MaxRelativePositions = 64,
        PositionBuckets = 8,
    };

    public static TrainableDebertaV2 Create(
        DebertaV2Config config, ComputeContext context, StudentOptions? options = null, DebertaV2Head head = DebertaV2Head.Classifier)
    {
        options ??= new StudentOptions { HiddenDropout = 0, AttentionDropout = 0 };
        var model = new TrainableDebertaV2(config, head, options, context);
        model.Initialise(seed: 3);
        var random = new Random(5);
        foreach (Parameter parameter in model.Parameters)
        {
            foreach (ref float value in parameter.Values)
            {
                value = (value * 5) + (float)((random.NextDouble() - 0.5) / 5);
            }
        }

        return model;
    }

    public static LabelledTokens[] Rows(DebertaV2Config config, int[] lengths)
    {
        var random = new Random(9);
        return [.. lengths.Select((length, i) => new LabelledTokens(
            $"row {i}", [.. Enumerable.Range(0, length).Select(_ => random.Next(config.VocabSize))], random.NextDouble(), 0, i % 2 == 0))];
    }

    public static TensorSource Saved(TrainableDebertaV2 model)
    {
        using var folder = new ScratchFolder();
        string path = folder["model.safetensors"];
        using (FileStream file = File.Create(path))
        {
            Safetensors.WriteStreamed(file, model.Save());
        }

        return TensorSource.Open(path);
    }
}
