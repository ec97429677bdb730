namespace Picket;

/// <summary>
/// Escalates what the small guard is unsure of: the binary entropy of its probability, in bits,
/// H2(q) = -q log2 q - (1-q) log2 (1-q), exceeds the threshold. The baseline of SafeRoute that needs no training.
/// </summary>
public sealed class EntropyRouter : IRouter
{
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
    public string Name => "entropy";

    /// <summary>Decides for one input; <see cref="RouteDecision.HardProbability"/> is the entropy.</summary>
    /// <remarks>A probability that is none (NaN, or outside [0, 1]) escalates with <see cref="RouteDecision.HardProbability"/> 1.</remarks>
    public RouteDecision Decide(GuardScore small)
    {
        ArgumentNullException.ThrowIfNull(small);
        double q = small.UnsafeProbability;
        if (q is not (>= 0 and <= 1))
        {
            return new RouteDecision(Escalate: true, HardProbability: 1);
        }

        double bits = Bits(q) + Bits(1 - q);
        return new RouteDecision(bits > _threshold, bits);
    }

    // The limit of p log2 p at 0 is 0; the product itself would be NaN.
    private static double Bits(double p) => p > 0 ? -p * Math.Log2(p) : 0;
}
