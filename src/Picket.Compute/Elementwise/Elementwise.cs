using System.Runtime.Intrinsics;
using Picket.Compute.Simd;

namespace Picket.Compute;

/// <summary>What stands between products, row by row, on the calling thread.</summary>
public static unsafe class Elementwise
{
    /// <summary>exp(x) in place, to a unit in the last place; 0 below -87.33, and from 88 on what it is there, 1.65e38.</summary>
    public static void Exp(SimdLevel simd, Span<float> values)
    {
        fixed (float* first = values)
        {
            var row = new Pointer<float>(first, values.Length);
            switch (simd)
            {
                case SimdLevel.Vector512:
                    RowKernels<Lanes512, Vector512<float>>.Exp(row, values.Length);
                    break;
                case SimdLevel.Vector256:
                    RowKernels<Lanes256, Vector256<float>>.Exp(row, values.Length);
                    break;
                default:
                    RowKernels<Lanes128, Vector128<float>>.Exp(row, values.Length);
                    break;
            }
        }
    }

    /// <summary>x Φ(x) in place, Φ by the error function (Hendrycks and Gimpel 2016, equation 1), to 2e-7 of the larger of 1 and |x|.</summary>
    public static void Gelu(SimdLevel simd, Span<float> values)
    {
        fixed (float* first = values)
        {
            var row = new Pointer<float>(first, values.Length);
            switch (simd)
            {
                case SimdLevel.Vector512:
                    RowKernels<Lanes512, Vector512<float>>.Gelu(row, values.Length);
                    break;
                case SimdLevel.Vector256:
                    RowKernels<Lanes256, Vector256<float>>.Gelu(row, values.Length);
                    break;
                default:
                    RowKernels<Lanes128, Vector128<float>>.Gelu(row, values.Length);
                    break;
            }
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
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void LayerNorm(
        SimdLevel simd,
        ReadOnlySpan<float> source,
        ReadOnlySpan<float> residual,
        ReadOnlySpan<float> gain,
        ReadOnlySpan<float> bias,
        float epsilon,
        Span<float> target)
    {
        int length = target.Length;
        if (source.Length != length || (!residual.IsEmpty && residual.Length != length) || gain.Length != length || bias.Length != length)
        {
            throw new ArgumentException(
                $"expected rows of {length}, found {source.Length}, {residual.Length}, {gain.Length} and {bias.Length}", nameof(target));
        }

        fixed (float* sources = source, residuals = residual, gains = gain, biases = bias, targets = target)
        {
            var from = new Pointer<float>(sources, length);
            var addend = new Pointer<float>(residuals, residual.Length);
            var factor = new Pointer<float>(gains, length);
            var shift = new Pointer<float>(biases, length);
            var to = new Pointer<float>(targets, length);
            bool add = !residual.IsEmpty;
            switch (simd)
            {
                case SimdLevel.Vector512:
                    RowKernels<Lanes512, Vector512<float>>.LayerNorm(from, addend, add, factor, shift, epsilon, to, length);
                    break;
                case SimdLevel.Vector256:
                    RowKernels<Lanes256, Vector256<float>>.LayerNorm(from, addend, add, factor, shift, epsilon, to, length);
                    break;
                default:
                    RowKernels<Lanes128, Vector128<float>>.LayerNorm(from, addend, add, factor, shift, epsilon, to, length);
                    break;
            }
        }
    }

    /// <summary>exp(factor * x - max) / sum in place: the softmax of factor * x. An element of minus infinity becomes 0.</summary>
    public static void Softmax(SimdLevel simd, Span<float> values, float factor)
    {
        fixed (float* first = values)
        {
            var row = new Pointer<float>(first, values.Length);
            switch (simd)
            {
                case SimdLevel.Vector512:
                    RowKernels<Lanes512, Vector512<float>>.Softmax(row, values.Length, factor);
                    break;
                case SimdLevel.Vector256:
                    RowKernels<Lanes256, Vector256<float>>.Softmax(row, values.Length, factor);
                    break;
                default:
                    RowKernels<Lanes128, Vector128<float>>.Softmax(row, values.Length, factor);
                    break;
            }
        }
    }

    /// <summary>exp(factor * x - max) in place, not above 1, with the sum and the sum of the squares. Minus infinity becomes 0.</summary>
    /// <param name="simd">The widest vectors to use.</param>
    /// <param name="values">A multiple of 16.</param>
    /// <param name="factor">What each is multiplied with.</param>
    internal static (float Sum, float Squares) Powers(SimdLevel simd, Span<float> values, float factor)
    {
        fixed (float* first = values)
        {
            var row = new Pointer<float>(first, values.Length);
            return simd switch
            {
                SimdLevel.Vector512 => RowKernels<Lanes512, Vector512<float>>.Powers(row, values.Length, factor),
                SimdLevel.Vector256 => RowKernels<Lanes256, Vector256<float>>.Powers(row, values.Length, factor),
                _ => RowKernels<Lanes128, Vector128<float>>.Powers(row, values.Length, factor),
            };
        }
    }
}
