namespace Picket.Compute;

/// <summary>
/// A dropout mask (Srivastava et al. 2014) that is computed, not stored: which elements are left out follows from the seed, the row and the
/// column alone, so that the backward pass finds the same ones on any number of threads.
/// </summary>
/// <param name="Rate">Probability that an element is left out, kept to 1/65,536; 0 to below 1.</param>
/// <param name="Seed">Picks the mask.</param>
public readonly record struct Dropout(float Rate, ulong Seed)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>Whether nothing is ever left out.</summary>
    public bool IsOff => Rate <= 0;

    /// <summary>Each element times 0 or 1 / (1 - rate), in place.</summary>
    /// <param name="values">A row.</param>
    /// <param name="row">Its number.</param>
    public void Apply(Span<float> values, long row)
    {
        if (IsOff)
        {
            return;
        }

        // 16 bits an element, four elements a draw of SplitMix64 (Steele et al. 2014).
        uint limit = (uint)MathF.Round(Rate * 65536);
        float scale = 1 / (1 - (limit / 65536f));
        ulong state = Mix(Seed + ((ulong)row * Golden));
        for (int i = 0; i < values.Length; i += 4)
        {
            state += Golden;
            ulong bits = Mix(state);
            int end = Math.Min(values.Length, i + 4);
            for (int j = i; j < end; j++)
            {
                values[j] = (bits & 0xFFFF) < limit ? 0 : values[j] * scale;
                bits >>= 16;
            }
        }
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
