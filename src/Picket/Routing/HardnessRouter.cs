namespace Picket;

/// <summary>Escalates what is harder than a threshold, and what lies far from the features that the measure was learned on.</summary>
/// <remarks>Safe to call from several threads at once; allocates nothing.</remarks>
public sealed class HardnessRouter : IRouter
{
    /// <summary>The threshold under which everything is escalated.</summary>
    public const double EscalateAll = -1;

    private readonly FeatureRegion? _region;

    /// <summary>Creates the router.</summary>
    /// <param name="hardness">Orders the inputs.</param>
    /// <param name="threshold">What is strictly harder is escalated; in [-1, 1], where -1 escalates everything and 1 nothing.</param>
    /// <param name="region">Where the measure was learned; <see langword="null"/> for no such check.</param>
    /// <param name="calibratedShare">The share that the threshold was calibrated to; <see langword="null"/> when it was not.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threshold"/> is not in [-1, 1].</exception>
    /// <exception cref="ArgumentException">The region is one of other features than the measure reads.</exception>
    public HardnessRouter(IHardness hardness, double threshold = 0.5, FeatureRegion? region = null, double? calibratedShare = null)
    {
        ArgumentNullException.ThrowIfNull(hardness);
        if (threshold is not (>= EscalateAll and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "expected a number in [-1, 1]");
        }

        if (region is not null && hardness.FeatureWidth > 0 && region.Width != hardness.FeatureWidth)
        {
            throw new ArgumentException($"expected a region of {hardness.FeatureWidth} features, found one of {region.Width}", nameof(region));
        }

        Hardness = hardness;
        Threshold = threshold;
        CalibratedShare = calibratedShare;
        _region = region;
    }

    /// <summary>What orders the inputs.</summary>
    public IHardness Hardness { get; }

    /// <summary>What is strictly harder is escalated.</summary>
    public double Threshold { get; }

    /// <inheritdoc/>
    public string Name => Hardness.Name;

    /// <inheritdoc/>
    public int FeatureWidth => Hardness.FeatureWidth > 0 ? Hardness.FeatureWidth : _region?.Width ?? 0;

    /// <inheritdoc/>
    public double? CalibratedShare { get; }

    /// <inheritdoc/>
    public RouteDecision Decide(GuardScore small)
    {
        ArgumentNullException.ThrowIfNull(small);
        Hardness hardness = Hardness.Measure(small);
        bool outside = small.Features.Length != FeatureWidth && FeatureWidth > 0;
        outside |= _region?.Contains(small.Features.Span) == false;
        return new RouteDecision(outside || hardness.Probability > Threshold, hardness.Probability)
        {
            Threshold = Threshold,
            Spread = hardness.Spread,
            Reason = outside ? RouteReason.OutOfRegion : RouteReason.Router,
        };
    }
}
