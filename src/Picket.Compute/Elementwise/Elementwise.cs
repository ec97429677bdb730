namespace Picket.Compute;

/// <summary>What stands between products, row by row, on the calling thread.</summary>
public static class Elementwise
{
    /// <summary>x Φ(x) in place, Φ by the error function (Hendrycks and Gimpel 2016, equation 1).</summary>
    public static void Gelu(SimdLevel simd, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(0.5 * values[i] * (1 + Erf(values[i] / Math.Sqrt(2))));
        }
    }

    /// <summary>target = (x - mean) / sqrt(variance + epsilon) * gain + bias with x = source + residual.</summary>
    /// <param name="simd">The widest vectors to use.</param>
    /// <param name="source">The row.</param>
    /// <param name="residual">Added first; empty for none.</param>
    /// <param name="gain">One an element.</param>
    /// <param name="bias">One an element.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="target">May be <paramref name="source"/> or <paramref name="residual"/>.</param>
    public static void LayerNorm(
        SimdLevel simd,
        ReadOnlySpan<float> source,
        ReadOnlySpan<float> residual,
        ReadOnlySpan<float> gain,
        ReadOnlySpan<float> bias,
        float epsilon,
        Span<float> target)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = source[i] + (residual.IsEmpty ? 0 : residual[i]);
        }

        double mean = 0;
        double variance = 0;
        foreach (float value in target)
        {
            mean += value / (double)target.Length;
        }

        foreach (float value in target)
        {
            variance += (value - mean) * (value - mean) / target.Length;
        }

        for (int i = 0; i < target.Length; i++)
        {
            target[i] = (float)((target[i] - mean) / Math.Sqrt(variance + epsilon) * gain[i]) + bias[i];
        }
    }

    /// <summary>exp(factor * x - max) / sum in place: the softmax of factor * x.</summary>
    public static void Softmax(SimdLevel simd, Span<float> values, float factor)
    {
        double max = double.NegativeInfinity;
        foreach (float value in values)
        {
            max = Math.Max(max, value * factor);
        }

        double sum = 0;
        foreach (float value in values)
        {
            sum += Math.Exp((value * factor) - max);
        }

        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(Math.Exp((values[i] * factor) - max) / sum);
        }
    }

    private static double Erf(double x)
    {
        // Abramowitz and Stegun 7.1.5, summed to convergence; beyond 6 the result is 1 in double precision.
        if (Math.Abs(x) > 6)
        {
            return Math.Sign(x);
        }

        double term = x;
        double sum = x;
        for (int n = 1; n < 200; n++)
        {
            term *= -x * x / n;
            sum += term / ((2 * n) + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }
}
