namespace Picket;

/// <summary>
/// Escalates what the small guard is unsure of: the binary entropy of its probability, in bits,
/// H2(q) = -q log2 q - (1-q) log2 (1-q), exceeds the threshold. The baseline of SafeRoute that needs no training.
/// </summary>
public sealed class EntropyRouter : IRouter
{
    private static readonly EntropyHardness s_entropy = new();
    private readonly double _threshold;

    /// <summary>Creates the router.</summary>
    /// <param name="threshold">In [0, 1] bits. 0.5 escalates probabilities strictly between about 0.110 and 0.890; 1 escalates none.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threshold"/> is not in [0, 1].</exception>
    public EntropyRouter(double threshold = 0.5)
    {
        if (threshold is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "expected bits in [0, 1]");
        }

        _threshold = threshold;
    }

    /// <inheritdoc/>
    public string Name => s_entropy.Name;

    /// <summary>Decides for one input; <see cref="RouteDecision.HardProbability"/> is the entropy.</summary>
    /// <remarks>A probability that is none (NaN, or outside [0, 1]) escalates with <see cref="RouteDecision.HardProbability"/> 1.</remarks>
    public RouteDecision Decide(GuardScore small)
    {
        ArgumentNullException.ThrowIfNull(small);
        double bits = s_entropy.Measure(small).Probability;
        bool readable = small.UnsafeProbability is >= 0 and <= 1;
        return new RouteDecision(!readable || bits > _threshold, bits) { Threshold = _threshold };
    }
}
