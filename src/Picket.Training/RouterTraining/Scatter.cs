using Picket.Compute;

namespace Picket.Training.RouterTraining;

/// <summary>Means and scatter matrices of inputs.</summary>
internal static class Scatter
{
    /// <summary>The mean of some rows.</summary>
    public static float[] Mean(Matrix<float> inputs, IReadOnlyList<int> rows, int width)
    {
        double[] mean = new double[width];
        foreach (int row in rows)
        {
            Span<float> values = inputs[row];
            for (int i = 0; i < width; i++)
            {
                mean[i] += values[i];
            }
        }

        return [.. mean.Select(sum => (float)(sum / rows.Count))];
    }

    /// <summary>Sum over rows of (x - mean) (x - mean)ᵀ, width x width, to be disposed by the caller.</summary>
    /// <param name="context">Threads.</param>
    /// <param name="inputs">Rows, of which the first <paramref name="width"/> columns count.</param>
    /// <param name="rows">Those to take, and the mean of each one's group.</param>
    /// <param name="width">Columns.</param>
    public static AlignedBuffer<float> Of(ComputeContext context, Matrix<float> inputs, IReadOnlyList<(int Row, float[] Mean)> rows, int width)
    {
        using var centred = new MatrixBuffer<float>();
        using var scratch = new ProductScratch();
        Matrix<float> left = centred.Shape(rows.Count, width);
        for (int i = 0; i < rows.Count; i++)
        {
            inputs[rows[i].Row][..width].CopyTo(left[i]);
            Kernels.AddScaled(left[i], rows[i].Mean, -1);
        }

        var target = new AlignedBuffer<float>((long)width * width);
        ParallelGemm.TransposedMultiply(context, left, left, new Matrix<float>(target, width, width, width), scratch);
        return target;
    }
}
