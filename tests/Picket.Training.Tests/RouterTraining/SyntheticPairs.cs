namespace Picket.Training.Tests.RouterTraining;

/// <summary>Rows of a small and a large guard whose hard inputs are known in advance.</summary>
internal static class SyntheticPairs
{
    public const int Features = 8;

    /// <summary>The least product of the first two features that makes an input hard.</summary>
    private const double Boundary = 0.4;

    /// <summary>
    /// Hard with 0.95 where the first two features' product is large, else with 0.005; the small guard is as sure of itself on hard inputs as on
    /// others, so that its entropy says nothing.
    /// </summary>
    public static RoutingRow[] Nonlinear(int rows, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ =>
        {
            float[] features = [.. Enumerable.Range(0, Features).Select(_ => (float)Normal(random))];
            bool hard = random.NextDouble() < (IsBayesHard(features) ? 0.95 : 0.005);
            bool isUnsafe = random.NextDouble() < 0.5;
            double sureness = 0.5 + (random.NextDouble() / 2);
            return new RoutingRow(new GuardScore(isUnsafe != hard ? sureness : 1 - sureness, features), isUnsafe ? 0.9 : 0.1, isUnsafe);
        })];
    }

    /// <summary>What the Bayes-optimal router escalates of those rows.</summary>
    public static bool IsBayesHard(RoutingRow row) => IsBayesHard(row.Small.Features.ToArray());

    /// <summary>A calibrated small guard, wrong as often as its probability says, before a large one that is always right.</summary>
    public static RoutingRow[] Uncertain(int rows, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ =>
        {
            float[] features = [.. Enumerable.Range(0, Features).Select(_ => (float)Normal(random))];
            double probability = 1 / (1 + Math.Exp(-4 * features[0]));
            bool isUnsafe = random.NextDouble() < probability;
            return new RoutingRow(new GuardScore(probability, features), isUnsafe ? 1 : 0, isUnsafe);
        })];
    }

    /// <summary>Hard with 0.95 where the small guard is unsure, its logit within ±1.4, else with 0.02.</summary>
    public static RoutingRow[] Unsure(int rows, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ =>
        {
            float[] features = [.. Enumerable.Range(0, Features).Select(_ => (float)Normal(random))];
            double logit = 4 * features[0];
            bool isUnsafe = logit >= 0 != random.NextDouble() < (Math.Abs(logit) < 1.4 ? 0.95 : 0.02);
            return new RoutingRow(new GuardScore(1 / (1 + Math.Exp(-logit)), features), isUnsafe ? 1 : 0, isUnsafe);
        })];
    }

    private static bool IsBayesHard(float[] features) => features[0] * features[1] > Boundary;

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
