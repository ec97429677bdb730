namespace Picket.Evaluation;

/// <summary>
/// The SplitMix64 generator (Steele, Lea and Flood 2014): a stream of its own for every resample, at no cost to start, so that
/// which thread draws a resample does not matter.
/// </summary>
internal struct SplitMix64(ulong state)
{
    private ulong _state = state;

    /// <summary>The stream of resample <paramref name="index"/> under <paramref name="seed"/>.</summary>
    public static SplitMix64 ForResample(long seed, int index) => new(Mix(unchecked((ulong)seed)) ^ Mix(~(ulong)index));

    /// <summary>An integer in [0, <paramref name="bound"/>), by multiplication; the bias is below bound / 2^64.</summary>
    public int Next(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        _state = unchecked(_state + 0x9E3779B97F4A7C15UL);
        return Mix(_state);
    }

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
            return value ^ (value >> 31);
        }
    }
}
