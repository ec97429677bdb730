namespace Picket.Models.Routing;

/// <summary>Normal numbers from a seed (SplitMix64, Box and Muller 1958): the same on every machine.</summary>
internal sealed class NormalDraws(long seed, int sample)
{
    private ulong _state = unchecked((ulong)seed * 0xD1B54A32D192ED03UL) ^ ((ulong)(sample + 1) * 0x9E3779B97F4A7C15UL);
    private double? _second;

    /// <summary>One draw around each mean.</summary>
    public float[] Around(float[] means, float[] deviations)
    {
        float[] values = new float[means.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = means[i] + (deviations[i] * (float)Next());
        }

        return values;
    }

    private double Next()
    {
        if (_second is { } second)
        {
            _second = null;
            return second;
        }

        // Above 0, so that its logarithm is finite.
        double radius = Math.Sqrt(-2 * Math.Log(1 - Uniform()));
        (double sine, double cosine) = Math.SinCos(2 * Math.PI * Uniform());
        _second = radius * sine;
        return radius * cosine;
    }

    private double Uniform()
    {
        _state += 0x9E3779B97F4A7C15UL;
        ulong value = _state;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return ((value ^ (value >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
