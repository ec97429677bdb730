namespace Picket;

/// <summary>How hard a learned router holds an input, from the small guard's features (SafeRoute, METHODS 2.2).</summary>
/// <remarks>
/// <para>One network is a plain router, or a Bayesian one at its posterior mean; several are Monte-Carlo samples of a posterior, drawn once when
/// the router is loaded, whose mean counts and whose standard deviation is the predictive spread. So one score has one answer.</para>
/// <para>One logit z gives sigmoid(z). Two logits a and b are those of "the small guard is right" and "the large guard is right" (Warren and
/// Dras 2025): the hardness is (1 + sigmoid(b) - sigmoid(a)) / 2.</para>
/// </remarks>
public sealed class NetworkHardness : IHardness
{
    private readonly RouterNetwork[] _networks;
    private readonly bool _usesScore;

    /// <summary>A measure over networks.</summary>
    /// <param name="name">The name that configuration and reports use.</param>
    /// <param name="networks">One, or the samples of a posterior; all of one shape.</param>
    /// <param name="usesScore">Whether the last inputs are <see cref="RouterInputs"/>.</param>
    /// <exception cref="ArgumentException">There is no network, or they have different shapes.</exception>
    public NetworkHardness(string name, IReadOnlyList<RouterNetwork> networks, bool usesScore = false)
    {
        ArgumentNullException.ThrowIfNull(networks);
        _networks = [.. networks];
        _usesScore = usesScore;
        Name = name;
        int extra = usesScore ? RouterInputs.ScoreInputs : 0;
        if (_networks.Length == 0
            || _networks.Any(network => network.Inputs != _networks[0].Inputs || network.Outputs != _networks[0].Outputs)
            || _networks[0].Inputs < extra)
        {
            throw new ArgumentException($"expected networks of one shape and at least {extra} inputs", nameof(networks));
        }

        FeatureWidth = _networks[0].Inputs - extra;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int FeatureWidth { get; }

    /// <inheritdoc/>
    public Hardness Measure(GuardScore score)
    {
        ArgumentNullException.ThrowIfNull(score);
        ReadOnlySpan<float> features = score.Features.Span;
        if (score.UnsafeProbability is not (>= 0 and <= 1) || (features.Length != FeatureWidth && FeatureWidth > 0))
        {
            return Hardness.Unreadable;
        }

        Span<float> extra = stackalloc float[_usesScore ? RouterInputs.ScoreInputs : 0];
        if (_usesScore)
        {
            RouterInputs.Fill(score.UnsafeProbability, extra);
        }

        double sum = 0;
        double squares = 0;
        foreach (RouterNetwork network in _networks)
        {
            double probability = Probability(network, FeatureWidth > 0 ? features : default, extra);
            sum += probability;
            squares += probability * probability;
        }

        double mean = sum / _networks.Length;

        // Features that are no numbers give none, and would be above no threshold.
        return double.IsNaN(mean)
            ? Hardness.Unreadable
            : new Hardness(mean, Math.Sqrt(Math.Max(0, (squares / _networks.Length) - (mean * mean))));
    }

    private static double Probability(RouterNetwork network, ReadOnlySpan<float> features, ReadOnlySpan<float> extra)
    {
        Span<float> logits = stackalloc float[2];
        logits = logits[..network.Outputs];
        network.Run(features, extra, logits);
        return logits.Length == 1 ? Sigmoid(logits[0]) : (1 + Sigmoid(logits[1]) - Sigmoid(logits[0])) / 2;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
