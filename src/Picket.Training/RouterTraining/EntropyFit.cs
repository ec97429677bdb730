using Picket.Models.Formats;
using Picket.Models.Routing;

namespace Picket.Training.RouterTraining;

/// <summary>The calibrations of an entropy router (METHODS 2.3): they change the route, never the verdict.</summary>
public static class EntropyFit
{
    private const double MostLogit = 30;

    /// <summary>Temperature scaling: the temperature under which the small guard's probabilities have the least cross-entropy.</summary>
    /// <remarks>The loss is convex in 1 / temperature, and its minimum is found by bisection; the method's code runs Adam on the same loss.</remarks>
    /// <param name="rows">At least one.</param>
    public static RouterModel Temperature(IReadOnlyList<RoutingRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfZero(rows.Count, nameof(rows));
        (float, bool)[] logits = [.. rows.Select(static row => ((float)Logit(row.Small.UnsafeProbability), row.Unsafe))];
        double low = 1e-3;
        double high = 1e3;

        // The derivative in the slope rises; a bisection of its logarithm needs no care with saturated rows.
        for (int i = 0; i < 100; i++)
        {
            double slope = Math.Sqrt(low * high);
            double derivative = logits.Sum(row => row.Item1 * ((1 / (1 + Math.Exp(-slope * row.Item1))) - (row.Item2 ? 1 : 0)));
            (low, high) = derivative > 0 ? (low, slope) : (slope, high);
        }

        return Model("entropy-ts", 1 / Math.Sqrt(low * high), 0);
    }

    /// <summary>Batch calibration: the prior is the mean of the small guard's probabilities.</summary>
    /// <param name="rows">At least one.</param>
    public static RouterModel Batch(IReadOnlyList<RoutingRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfZero(rows.Count, nameof(rows));
        return Model("entropy-bc", 1, Logit(rows.Average(static row => row.Small.UnsafeProbability)));
    }

    /// <summary>Contextual calibration: the prior is what the small guard says of a prompt of one space without a response.</summary>
    /// <param name="small">The small guard.</param>
    /// <param name="cancellationToken">Given to the guard.</param>
    public static async Task<RouterModel> ContextualAsync(IGuard small, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(small);
        IReadOnlyList<GuardScore> scores = await small.ScoreAsync([new GuardInput(" ")], cancellationToken);
        return Model("entropy-cc", 1, Logit(scores[0].UnsafeProbability));
    }

    private static RouterModel Model(string name, double temperature, double offset) => new(
        new RouterManifest { Kind = RouterKinds.Entropy, Name = name, Temperature = temperature, Offset = offset },
        new Dictionary<string, Tensor>());

    private static double Logit(double probability) => Math.Clamp(Math.Log(probability / (1 - probability)), -MostLogit, MostLogit);
}
