using Picket.Training.Blending;

namespace Picket.Training.Tests.Blending;

/// <summary>Seeded rows whose labels follow a known blend of their logits.</summary>
internal static class BlendRows
{
    public static BlendRow[] Draw(int count, double offset, double[] weights, int seed = 3)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            double[] logits = [.. weights.Select(_ => (random.NextDouble() * 8) - 4)];
            double sum = offset + logits.Zip(weights, static (logit, weight) => logit * weight).Sum();
            return new BlendRow($"text {i}", random.NextDouble() < 1 / (1 + Math.Exp(-sum)), logits);
        })];
    }
}
