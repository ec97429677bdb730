namespace Picket.Compute;

/// <summary>
/// The buckets of relative positions: exact near the diagonal, by the logarithm of the distance further off (He et al. 2023, DeBERTaV3, and
/// the released DeBERTa-v2 code; the linear ones are equation 3 of He et al. 2021, "DeBERTa").
/// </summary>
public readonly record struct LogBuckets
{
    /// <summary>Buckets of a model.</summary>
    /// <param name="buckets">Buckets a side, <c>position_buckets</c>; even. The distances up to half of it have one each.</param>
    /// <param name="maxPosition">The distance beyond the one that reaches the last bucket, <c>max_position_embeddings</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There are not two buckets, or so few positions that neighbouring ones would be more than one bucket apart, which the kernels rely on.
    /// </exception>
    public LogBuckets(int buckets, int maxPosition)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(buckets, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(buckets, (ushort.MaxValue + 1) / 2);
        double middle = buckets / 2;
        if (!(Math.Log((maxPosition - 1) / middle) >= (middle - 1) / middle))
        {
            throw new ArgumentOutOfRangeException(
                nameof(maxPosition), maxPosition, $"expected at least {Math.Ceiling(middle * Math.E)} positions for {buckets} buckets");
        }

        Buckets = buckets;
        MaxPosition = maxPosition;
    }

    /// <summary>Buckets a side.</summary>
    public int Buckets { get; }

    /// <summary>The distance beyond the one that reaches the last bucket.</summary>
    public int MaxPosition { get; }

    /// <summary>Rows of the table of relative embeddings: both sides.</summary>
    public int Positions => 2 * Buckets;

    /// <summary>The row of the relative embeddings for a query at i and a key at j: clamp(bucket(i - j) + buckets, 0, 2 buckets - 1).</summary>
    /// <remarks>It never falls as <paramref name="relative"/> rises, and rises by at most one a step.</remarks>
    public int Row(int relative) => Math.Clamp(Bucket(relative) + Buckets, 0, Positions - 1);

    /// <summary>The bucket of a relative position, of the same sign; |bucket| may exceed <see cref="Buckets"/> beyond the longest distance.</summary>
    public int Bucket(int relative)
    {
        int middle = Buckets / 2;
        int distance = Math.Abs(relative);
        if (distance <= middle)
        {
            return relative;
        }

        double share = Math.Log(distance / (double)middle) / Math.Log((MaxPosition - 1) / (double)middle);
        return Math.Sign(relative) * ((int)Math.Ceiling(share * (middle - 1)) + middle);
    }
}
