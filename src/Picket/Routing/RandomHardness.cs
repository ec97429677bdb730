namespace Picket;

/// <summary>A number in [0, 1) that has nothing to do with hardness: the baseline that sends a random share to the next guard.</summary>
/// <remarks>
/// A hash of seed, probability and features (FNV-1a, finished by SplitMix64), since a router is pure: equal scores with equal features share
/// their fate.
/// </remarks>
/// <param name="seed">Another seed draws another share.</param>
public sealed class RandomHardness(long seed = 0) : IHardness
{
    /// <inheritdoc/>
    public string Name => "random";

    /// <inheritdoc/>
    public int FeatureWidth => 0;

    /// <inheritdoc/>
    public Hardness Measure(GuardScore score)
    {
        ArgumentNullException.ThrowIfNull(score);
        ulong hash = Mix(unchecked((ulong)seed)) ^ BitConverter.DoubleToUInt64Bits(score.UnsafeProbability);
        foreach (float feature in score.Features.Span)
        {
            hash = (hash ^ BitConverter.SingleToUInt32Bits(feature)) * 0x100000001B3UL;
        }

        return new Hardness((Mix(hash) >> 11) * (1.0 / (1UL << 53)));
    }

    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15UL;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
