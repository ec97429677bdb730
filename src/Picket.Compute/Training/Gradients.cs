namespace Picket.Compute;

/// <summary>The backward passes of <see cref="Elementwise"/>, row by row, on the calling thread.</summary>
public static class Gradients
{
    /// <summary>inputGradient (+)= outputGradient (Φ(x) + x φ(x)), Φ and φ the normal distribution and its density: the derivative of GELU.</summary>
    /// <param name="simd">The widest vectors to use.</param>
    /// <param name="input">x, before GELU.</param>
    /// <param name="outputGradient">One an element.</param>
    /// <param name="inputGradient">May be <paramref name="outputGradient"/> where nothing is accumulated.</param>
    /// <param name="accumulate">Whether it is added.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Gelu(
        SimdLevel simd, ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient, bool accumulate)
    {
        for (int i = 0; i < input.Length; i++)
        {
            double x = input[i];
            double density = Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);
            float half = x / Math.Sqrt(2) is var z ? (float)Erf(z) : 0;
            float slope = (float)((0.5 * (1 + half)) + (x * density));
            inputGradient[i] = (accumulate ? inputGradient[i] : 0) + (outputGradient[i] * slope);
        }
    }

    /// <summary>
    /// The backward pass of y = (x - mean) / sqrt(variance + epsilon) gain + bias, from x itself: mean and deviation are computed anew.
    /// </summary>
    /// <param name="simd">The widest vectors to use.</param>
    /// <param name="input">x.</param>
    /// <param name="gain">One an element.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="outputGradient">dL/dy.</param>
    /// <param name="inputGradient">Receives dL/dx; must not overlap the others.</param>
    /// <param name="gainGradient">dL/dgain of this row is added to it.</param>
    /// <param name="biasGradient">dL/dbias of this row is added to it.</param>
    /// <param name="accumulate">Whether dL/dx is added to what is there.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void LayerNorm(
        SimdLevel simd,
        ReadOnlySpan<float> input,
        ReadOnlySpan<float> gain,
        float epsilon,
        ReadOnlySpan<float> outputGradient,
        Span<float> inputGradient,
        Span<float> gainGradient,
        Span<float> biasGradient,
        bool accumulate)
    {
        int n = input.Length;
        double mean = 0;
        foreach (float x in input)
        {
            mean += x / (double)n;
        }

        double variance = 0;
        foreach (float x in input)
        {
            variance += (x - mean) * (x - mean) / n;
        }

        double scale = 1 / Math.Sqrt(variance + epsilon);
        double sum = 0;
        double product = 0;
        for (int i = 0; i < n; i++)
        {
            double normed = (input[i] - mean) * scale;
            double slope = outputGradient[i] * (double)gain[i];
            sum += slope / n;
            product += slope * normed / n;
            gainGradient[i] += (float)(outputGradient[i] * normed);
            biasGradient[i] += outputGradient[i];
        }

        for (int i = 0; i < n; i++)
        {
            double normed = (input[i] - mean) * scale;
            double gradient = ((outputGradient[i] * (double)gain[i]) - sum - (normed * product)) * scale;
            inputGradient[i] = (accumulate ? inputGradient[i] : 0) + (float)gradient;
        }
    }

    /// <summary>One step of AdamW (Loshchilov and Hutter 2019, algorithm 2) on a part of a parameter, in place.</summary>
    /// <param name="simd">The widest vectors to use.</param>
    /// <param name="values">The parameter.</param>
    /// <param name="gradient">Its gradient.</param>
    /// <param name="mean">First moment.</param>
    /// <param name="variance">Second moment.</param>
    /// <param name="step">The step's constants.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void AdamW(
        SimdLevel simd, Span<float> values, ReadOnlySpan<float> gradient, Span<float> mean, Span<float> variance, in AdamWStep step)
    {
        for (int i = 0; i < values.Length; i++)
        {
            float g = gradient[i] * step.GradientScale;
            mean[i] += (1 - step.Beta1) * (g - mean[i]);
            variance[i] += (1 - step.Beta2) * ((g * g) - variance[i]);
            float root = MathF.Sqrt(variance[i] * step.VarianceCorrection) + step.Epsilon;
            values[i] -= (step.Decay * values[i]) + (step.Size * mean[i] / root);
        }
    }

    private static double Erf(double x)
    {
        // Series and continued fraction are not needed here: trapezoids of the density, a slow obvious version.
        const int Steps = 2000;
        double sum = 0;
        for (int i = 0; i < Steps; i++)
        {
            double t = x * (i + 0.5) / Steps;
            sum += Math.Exp(-t * t) * x / Steps;
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }
}

/// <summary>What is the same for all elements of a step of AdamW.</summary>
/// <param name="Size">Learning rate / (1 - beta1^t).</param>
/// <param name="Decay">Learning rate x weight decay; 0 for parameters that do not decay.</param>
/// <param name="Beta1">Of the first moment.</param>
/// <param name="Beta2">Of the second moment.</param>
/// <param name="VarianceCorrection">1 / (1 - beta2^t).</param>
/// <param name="Epsilon">Added to the root of the corrected second moment.</param>
/// <param name="GradientScale">What gradients are multiplied with first: clipping.</param>
public readonly record struct AdamWStep(
    float Size, float Decay, float Beta1, float Beta2, float VarianceCorrection, float Epsilon, float GradientScale);
