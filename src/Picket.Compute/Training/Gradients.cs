using System.Runtime.Intrinsics;
using Picket.Compute.Simd;

namespace Picket.Compute;

/// <summary>The backward passes of <see cref="Elementwise"/>, row by row, on the calling thread.</summary>
public static unsafe class Gradients
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
        int length = input.Length;
        Check(length, outputGradient.Length, inputGradient.Length, length, length);
        fixed (float* inputs = input, above = outputGradient, below = inputGradient)
        {
            var x = new Pointer<float>(inputs, length);
            var from = new Pointer<float>(above, length);
            var to = new Pointer<float>(below, length);
            switch (simd)
            {
                case SimdLevel.Vector512:
                    RowGradients<Lanes512, Vector512<float>>.Gelu(x, from, to, length, accumulate);
                    break;
                case SimdLevel.Vector256:
                    RowGradients<Lanes256, Vector256<float>>.Gelu(x, from, to, length, accumulate);
                    break;
                default:
                    RowGradients<Lanes128, Vector128<float>>.Gelu(x, from, to, length, accumulate);
                    break;
            }
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
        int length = input.Length;
        Check(length, gain.Length, outputGradient.Length, inputGradient.Length, gainGradient.Length);
        Check(length, biasGradient.Length, length, length, length);
        fixed (float* inputs = input, gains = gain, above = outputGradient, below = inputGradient, gainSums = gainGradient, biasSums = biasGradient)
        {
            var x = new Pointer<float>(inputs, length);
            var g = new Pointer<float>(gains, length);
            var from = new Pointer<float>(above, length);
            var to = new Pointer<float>(below, length);
            var toGain = new Pointer<float>(gainSums, length);
            var toBias = new Pointer<float>(biasSums, length);
            switch (simd)
            {
                case SimdLevel.Vector512:
                    new LayerNormGradient<Lanes512, Vector512<float>>(x, g, from, to, toGain, toBias, length).Apply(epsilon, accumulate);
                    break;
                case SimdLevel.Vector256:
                    new LayerNormGradient<Lanes256, Vector256<float>>(x, g, from, to, toGain, toBias, length).Apply(epsilon, accumulate);
                    break;
                default:
                    new LayerNormGradient<Lanes128, Vector128<float>>(x, g, from, to, toGain, toBias, length).Apply(epsilon, accumulate);
                    break;
            }
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
        int length = values.Length;
        Check(length, gradient.Length, mean.Length, variance.Length, length);
        fixed (float* all = values, gradients = gradient, means = mean, variances = variance)
        {
            var value = new Pointer<float>(all, length);
            var slope = new Pointer<float>(gradients, length);
            var first = new Pointer<float>(means, length);
            var second = new Pointer<float>(variances, length);
            switch (simd)
            {
                case SimdLevel.Vector512:
                    RowGradients<Lanes512, Vector512<float>>.AdamW(value, slope, first, second, length, step);
                    break;
                case SimdLevel.Vector256:
                    RowGradients<Lanes256, Vector256<float>>.AdamW(value, slope, first, second, length, step);
                    break;
                default:
                    RowGradients<Lanes128, Vector128<float>>.AdamW(value, slope, first, second, length, step);
                    break;
            }
        }
    }

    /// <summary>
    /// The backward pass of dropout(softmax(factor x)): with g = gradient mask, gradient becomes factor p (g - sum of g p).
    /// </summary>
    /// <param name="simd">The widest vectors to use.</param>
    /// <param name="probabilities">p, before dropout.</param>
    /// <param name="mask">What dropout multiplied them with.</param>
    /// <param name="factor">What x was multiplied with.</param>
    /// <param name="gradient">dL/d dropout(p); receives dL/dx.</param>
    /// <param name="dropped">Receives dropout(p).</param>
    internal static void Softmax(
        SimdLevel simd, ReadOnlySpan<float> probabilities, ReadOnlySpan<float> mask, float factor, Span<float> gradient, Span<float> dropped)
    {
        int length = probabilities.Length;
        Check(length, mask.Length, gradient.Length, dropped.Length, length);
        fixed (float* shares = probabilities, scales = mask, gradients = gradient, products = dropped)
        {
            var p = new Pointer<float>(shares, length);
            var scale = new Pointer<float>(scales, length);
            var slope = new Pointer<float>(gradients, length);
            var to = new Pointer<float>(products, length);
            switch (simd)
            {
                case SimdLevel.Vector512:
                    RowGradients<Lanes512, Vector512<float>>.Softmax(p, scale, factor, slope, to, length);
                    break;
                case SimdLevel.Vector256:
                    RowGradients<Lanes256, Vector256<float>>.Softmax(p, scale, factor, slope, to, length);
                    break;
                default:
                    RowGradients<Lanes128, Vector128<float>>.Softmax(p, scale, factor, slope, to, length);
                    break;
            }
        }
    }

    private static void Check(int length, int second, int third, int fourth, int fifth)
    {
        if (second != length || third != length || fourth != length || fifth != length)
        {
            throw new ArgumentException($"expected rows of {length}, found {second}, {third}, {fourth} and {fifth}", nameof(length));
        }
    }
}
