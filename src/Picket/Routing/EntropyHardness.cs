namespace Picket;

/// <summary>
/// The binary entropy in bits, H2(q) = -q log2 q - (1-q) log2 (1-q), of the guard's probability after a shift of its logit:
/// logit q' = (logit q - offset) / temperature. No features are read.
/// </summary>
/// <remarks>
/// Temperature scaling (Guo et al. 2017) has offset 0. Contextual calibration (Zhao et al. 2021) and batch calibration (Zhou et al. 2024) make
/// q'_k proportional to q_k / p_k, p the guard's answer to a content-free text or its mean over a batch: offset logit p, temperature 1. The
/// shift is for routing only; the verdict's probability stays the guard's own.
/// </remarks>
public sealed class EntropyHardness : IHardness
{
    private readonly double _temperature;
    private readonly double _offset;

    /// <summary>Creates the measure.</summary>
    /// <param name="temperature">Above 0 and finite.</param>
    /// <param name="offset">Finite.</param>
    /// <param name="name">The name that reports use.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public EntropyHardness(double temperature = 1, double offset = 0, string name = "entropy")
    {
        if (!(temperature > 0) || !double.IsFinite(temperature))
        {
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "expected a number above 0");
        }

        if (!double.IsFinite(offset))
        {
            throw new ArgumentOutOfRangeException(nameof(offset), offset, "expected a finite number");
        }

        _temperature = temperature;
        _offset = offset;
        Name = name;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int FeatureWidth => 0;

    /// <summary>The measure under contextual or batch calibration by the probability <paramref name="prior"/>.</summary>
    /// <param name="prior">What the guard says of a content-free text, or its mean over a batch; above 0 and below 1.</param>
    /// <param name="name">The name that reports use.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="prior"/> is not between 0 and 1.</exception>
    public static EntropyHardness WithPrior(double prior, string name) => prior is > 0 and < 1
        ? new EntropyHardness(1, Math.Log(prior / (1 - prior)), name)
        : throw new ArgumentOutOfRangeException(nameof(prior), prior, "expected a probability between 0 and 1");

    /// <inheritdoc/>
    public Hardness Measure(GuardScore score)
    {
        ArgumentNullException.ThrowIfNull(score);
        double q = score.UnsafeProbability;
        if (q is not (>= 0 and <= 1))
        {
            return Hardness.Unreadable;
        }

        if (_temperature != 1 || _offset != 0)
        {
            q = 1 / (1 + Math.Exp((_offset - Math.Log(q / (1 - q))) / _temperature));
        }

        return new Hardness(Bits(q) + Bits(1 - q));
    }

    // The limit of p log2 p at 0 is 0; the product itself would be NaN.
    private static double Bits(double p) => p > 0 ? -p * Math.Log2(p) : 0;
}
