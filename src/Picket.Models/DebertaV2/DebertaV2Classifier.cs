using Picket.Compute;

namespace Picket.Models.DebertaV2;

/// <summary>Logits from the first token's last vector: classifier(GELU(pooler(h))).</summary>
internal sealed class DebertaV2Classifier : IDisposable
{
    private readonly FloatLinear _pooler;
    private readonly FloatLinear _classifier;

    public DebertaV2Classifier(DebertaV2LayerLoader loader, DebertaV2Config config)
    {
        _pooler = loader.FloatLinear(config.HiddenSize, config.HiddenSize, "pooler.dense");
        try
        {
            _classifier = loader.FloatLinear(config.HiddenSize, config.Labels.Count, "classifier");
        }
        catch
        {
            _pooler.Dispose();
            throw;
        }
    }

    /// <summary>sequences x labels.</summary>
    public Matrix<float> Apply(ComputeContext context, Matrix<float> features, DebertaV2Scratch scratch)
    {
        Matrix<float> pooled = scratch.Sum(features.Rows);
        Matrix<float> logits = scratch.Logits(features.Rows, _classifier.Outputs);
        _pooler.Apply(context, features, pooled, scratch.Linear, Activation.Gelu);
        _classifier.Apply(context, pooled, logits, scratch.Linear);
        return logits;
    }

    public void Dispose()
    {
        _pooler.Dispose();
        _classifier.Dispose();
    }
}
