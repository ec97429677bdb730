using Picket.Models.Formats;

namespace Picket.Training.NGram;

/// <summary>Turns trained floats into the tensors of a bundle.</summary>
internal static class NGramQuantiser
{
    /// <summary>
    /// Folds each bucket's weight into its embedding, and rounds every column to int8 with the clipping range that loses the least
    /// squared error. The last column receives the squared weights, never clipped.
    /// </summary>
    /// <param name="parameters">The network.</param>
    /// <param name="calibration">Its offset is added to the unsafe logit before the division by the temperature.</param>
    public static IReadOnlyDictionary<string, Tensor> Quantise(NGramParameters parameters, Calibration calibration)
    {
        int width = parameters.Width;
        int rows = parameters.Weights.Length;
        sbyte[] table = new sbyte[rows * width];
        float[] scale = new float[width];
        Parallel.For(0, width, column =>
        {
            bool isMass = column == width - 1;
            float[] values = new float[rows];
            for (int row = 0; row < rows; row++)
            {
                float weight = parameters.Weights[row];
                values[row] = weight * (isMass ? weight : parameters.Embeddings[(row * width) + column]);
            }

            float largest = Math.Max(1e-12f, values.Max(Math.Abs));
            scale[column] = isMass ? largest / 127 : BestScale(values, largest);
            for (int row = 0; row < rows; row++)
            {
                table[(row * width) + column] = Round(values[row], scale[column]);
            }
        });

        ReadOnlySpan<float> dense = parameters.Dense;
        int hidden = parameters.Shape.Hidden;
        float[] headBias = dense.Slice(parameters.HeadBiasAt, 2).ToArray();
        headBias[1] += (float)(calibration.Offset * calibration.Temperature);
        return new Dictionary<string, Tensor>
        {
            ["embeddings"] = Tensor.From(table, rows, width),
            ["scale"] = Tensor.From(scale, width),
            ["hidden.weight"] = Tensor.From(dense[..parameters.HiddenBiasAt], hidden, 2 * width),
            ["hidden.bias"] = Tensor.From(dense[parameters.HiddenBiasAt..parameters.HeadWeightAt], 2, hidden),
            ["head.weight"] = Tensor.From(dense[parameters.HeadWeightAt..parameters.HeadBiasAt], 2, hidden),
            ["head.bias"] = Tensor.From(headBias, 2),
        };
    }

    private static float BestScale(float[] values, float largest)
    {
        float best = 0;
        double least = double.PositiveInfinity;
        for (float clip = largest; clip > largest / 64; clip *= 0.8f)
        {
            float scale = clip / 127;
            double error = 0;
            foreach (float value in values)
            {
                float lost = value - (Round(value, scale) * scale);
                error += lost * lost;
            }

            if (error < least)
            {
                (least, best) = (error, scale);
            }
        }

        return best;
    }

    private static sbyte Round(float value, float scale) => (sbyte)Math.Clamp(MathF.Round(value / scale), -127, 127);
}
