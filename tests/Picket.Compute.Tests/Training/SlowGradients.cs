namespace Picket.Compute.Tests.Training;

/// <summary>What <see cref="Gradients"/> computes, element by element in doubles.</summary>
internal static class SlowGradients
{
    /// <summary>Φ(x) + x φ(x).</summary>
    public static double GeluSlope(double x)
    {
        double normal = x == 0 ? 0.5 : Reference.Gelu(x) / x;
        return normal + (x * Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI));
    }

    /// <summary>The gradients of input, gain and bias.</summary>
    public static double[][] LayerNorm(float[] input, float[] gain, float epsilon, float[] above)
    {
        double mean = input.Average(static x => (double)x);
        double variance = input.Average(x => (x - mean) * (x - mean));
        double scale = 1 / Math.Sqrt(variance + epsilon);
        double[] normed = [.. input.Select(x => (x - mean) * scale)];
        double[] slopes = [.. above.Select((gradient, i) => (double)gradient * gain[i])];
        double product = slopes.Zip(normed, static (slope, n) => slope * n).Average();
        return
        [
            [.. slopes.Select((slope, i) => (slope - slopes.Average() - (normed[i] * product)) * scale)],
            [.. above.Select((gradient, i) => gradient * normed[i])],
            [.. above.Select(static gradient => (double)gradient)],
        ];
    }

    /// <summary>Values and both moments after the step.</summary>
    public static double[][] AdamW(float[] values, float[] gradient, float[] mean, float[] variance, AdamWStep step)
    {
        double[] scaled = [.. gradient.Select(g => (double)g * step.GradientScale)];
        double[] first = [.. mean.Select((m, i) => (step.Beta1 * (double)m) + ((1 - (double)step.Beta1) * scaled[i]))];
        double[] second = [.. variance.Select((v, i) => (step.Beta2 * (double)v) + ((1 - (double)step.Beta2) * scaled[i] * scaled[i]))];
        double Root(int i) => Math.Sqrt(second[i] * step.VarianceCorrection) + step.Epsilon;
        return [[.. values.Select((value, i) => value - (step.Decay * (double)value) - (step.Size * first[i] / Root(i)))], first, second];
    }
}
