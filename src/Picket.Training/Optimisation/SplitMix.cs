namespace Picket.Training.Optimisation;

/// <summary>
/// SplitMix64 (Steele et al. 2014): a generator whose whole state is one number, so that every draw follows from seed and update alone and
/// nothing of it has to be kept in a checkpoint.
/// </summary>
internal struct SplitMix(ulong state)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong _state = state;

    /// <summary>A seed of its own for each combination of numbers.</summary>
    public static ulong Seed(params ReadOnlySpan<long> parts)
    {
        ulong seed = 0;
        foreach (long part in parts)
        {
            seed = new SplitMix(seed ^ (ulong)part).Next();
        }

        return seed;
    }

    public ulong Next()
    {
        _state += Golden;
        ulong value = _state;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>0 to <paramref name="count"/> - 1; the bias of the multiplication is below 2^-32.</summary>
    public int Below(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);
}
