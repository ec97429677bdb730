namespace Picket;

/// <summary>
/// Where the features of a router's training data lie: the squared Mahalanobis distance under a Gaussian whose covariance has the leading
/// directions of the data's and one variance for all others (probabilistic PCA, Tipping and Bishop 1999):
/// sum over k of (u_k z)^2 (1 / v_k - 1 / v) + |z|^2 / v, z = x - mean.
/// </summary>
/// <remarks>
/// With as many directions as features it is the plain Mahalanobis distance. Fewer keep the check cheaper than the router: 64 directions of 512
/// features are a quarter of what a hidden layer of 256 costs. Immutable, safe for several threads; allocates nothing.
/// </remarks>
public sealed class FeatureRegion
{
    private readonly float[] _mean;
    private readonly float[] _directions;
    private readonly float[] _offsets;
    private readonly float[] _weights;
    private readonly float _rest;

    /// <summary>A region.</summary>
    /// <param name="mean">One a feature.</param>
    /// <param name="directions">Orthonormal directions u_k, row by row.</param>
    /// <param name="variances">v_k, above 0; one a direction.</param>
    /// <param name="restVariance">v, above 0.</param>
    /// <param name="limit">The squared distance up to which features are inside; above 0.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a number is not finite or not above 0 where it must be.</exception>
    public FeatureRegion(float[] mean, float[] directions, float[] variances, double restVariance, double limit)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(directions);
        ArgumentNullException.ThrowIfNull(variances);
        bool fits = mean.Length > 0 && directions.Length == mean.Length * variances.Length
            && mean.Concat(directions).Concat(variances).All(float.IsFinite) && variances.All(static variance => variance > 0)
            && restVariance > 0 && double.IsFinite(restVariance) && limit > 0 && double.IsFinite(limit);
        if (!fits)
        {
            throw new ArgumentException("expected a mean, directions of its length, and variances and a limit above 0", nameof(mean));
        }

        _mean = mean;
        _directions = directions;
        Variances = variances;
        RestVariance = restVariance;
        Limit = limit;
        _rest = (float)(1 / restVariance);
        _weights = [.. variances.Select(variance => (float)((1 / variance) - (1 / restVariance)))];

        // u (x - mean) = u x - u mean: the features need no copy.
        _offsets = [.. variances.Select((_, k) => FloatVectors.Dot(directions.AsSpan(k * mean.Length, mean.Length), mean))];
    }

    /// <summary>Features it is made for.</summary>
    public int Width => _mean.Length;

    /// <summary>The squared distance up to which features are inside.</summary>
    public double Limit { get; }

    /// <summary>The data's mean.</summary>
    public ReadOnlyMemory<float> Mean => _mean;

    /// <summary>Directions, row by row.</summary>
    public ReadOnlyMemory<float> Directions => _directions;

    /// <summary>Variance along each direction.</summary>
    public ReadOnlyMemory<float> Variances { get; }

    /// <summary>Variance along every other direction.</summary>
    public double RestVariance { get; }

    /// <summary>Whether features are inside; those of another width, or that are no numbers, are not.</summary>
    public bool Contains(ReadOnlySpan<float> features) => features.Length == Width && SquaredDistance(features) <= Limit;

    /// <summary>The squared distance.</summary>
    /// <param name="features"><see cref="Width"/> floats.</param>
    public double SquaredDistance(ReadOnlySpan<float> features)
    {
        double sum = _rest * (double)FloatVectors.SquaredDistance(features, _mean);
        for (int k = 0; k < _weights.Length; k++)
        {
            float along = FloatVectors.Dot(_directions.AsSpan(k * Width, Width), features) - _offsets[k];
            sum += (double)along * along * _weights[k];
        }

        return sum;
    }
}
