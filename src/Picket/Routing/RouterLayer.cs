using System.Numerics;

namespace Picket;

/// <summary>One layer of a <see cref="RouterNetwork"/>: y = W x + b and, where it has a norm, relu(LayerNorm(y) gain + shift).</summary>
/// <param name="Weights">outputs x inputs, row by row.</param>
/// <param name="Bias">One an output.</param>
/// <param name="Gain">One an output; <see langword="null"/> for a layer without norm and ReLU, the last one.</param>
/// <param name="Shift">One an output, where there is a gain.</param>
public sealed record RouterLayer(float[] Weights, float[] Bias, float[]? Gain = null, float[]? Shift = null)
{
    /// <summary>Added to the variance.</summary>
    public const float Epsilon = 1e-5f;

    internal int Outputs => Bias.Length;

    internal int Inputs => Weights.Length / Bias.Length;

    /// <summary>The layer's output of <paramref name="first"/>, behind which <paramref name="second"/> stands.</summary>
    internal void Apply(ReadOnlySpan<float> first, ReadOnlySpan<float> second, Span<float> output)
    {
        int width = first.Length + second.Length;
        int row = 0;
        for (; row <= output.Length - 4; row += 4)
        {
            Dot4(Weights.AsSpan(row * width, 4 * width), width, first, Bias.AsSpan(row), output[row..]);
        }

        for (; row < output.Length; row++)
        {
            output[row] = Bias[row] + FloatVectors.Dot(Weights.AsSpan(row * width, first.Length), first);
        }

        for (row = 0; row < output.Length && !second.IsEmpty; row++)
        {
            output[row] += FloatVectors.Dot(Weights.AsSpan((row * width) + first.Length, second.Length), second);
        }

        if (Gain is not null)
        {
            Normalise(output);
        }
    }

    // Four rows at a time, so that each load of the input serves four sums: the weights come from the second-level cache.
    private static void Dot4(ReadOnlySpan<float> rows, int stride, ReadOnlySpan<float> input, ReadOnlySpan<float> bias, Span<float> output)
    {
        ReadOnlySpan<float> row0 = rows[..input.Length];
        ReadOnlySpan<float> row1 = rows.Slice(stride, input.Length);
        ReadOnlySpan<float> row2 = rows.Slice(2 * stride, input.Length);
        ReadOnlySpan<float> row3 = rows.Slice(3 * stride, input.Length);
        (Vector<float> a, Vector<float> b, Vector<float> c, Vector<float> d) = (default, default, default, default);
        int i = 0;
        for (; i <= input.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var x = new Vector<float>(input[i..]);
            a += x * new Vector<float>(row0[i..]);
            b += x * new Vector<float>(row1[i..]);
            c += x * new Vector<float>(row2[i..]);
            d += x * new Vector<float>(row3[i..]);
        }

        output[0] = bias[0] + Vector.Sum(a) + FloatVectors.Dot(row0[i..], input[i..]);
        output[1] = bias[1] + Vector.Sum(b) + FloatVectors.Dot(row1[i..], input[i..]);
        output[2] = bias[2] + Vector.Sum(c) + FloatVectors.Dot(row2[i..], input[i..]);
        output[3] = bias[3] + Vector.Sum(d) + FloatVectors.Dot(row3[i..], input[i..]);
    }

    private void Normalise(Span<float> values)
    {
        float mean = 0;
        foreach (float value in values)
        {
            mean += value;
        }

        mean /= values.Length;
        float variance = 0;
        foreach (float value in values)
        {
            variance += (value - mean) * (value - mean);
        }

        float scale = 1 / MathF.Sqrt((variance / values.Length) + Epsilon);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Math.Max(0, ((values[i] - mean) * scale * Gain![i]) + Shift![i]);
        }
    }
}
