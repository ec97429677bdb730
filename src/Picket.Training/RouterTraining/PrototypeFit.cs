using System.Numerics;
using Picket.Compute;

namespace Picket.Training.RouterTraining;

/// <summary>
/// Class means and one precision P = d ((N - 1) Σ + tr(Σ) I)^-1 of the scatter within the classes (METHODS 4.6): closer to the hard rows'
/// mean is sigmoid((d_easy² - d_hard²) / 2), which is linear in x: w = P (μ_hard - μ_easy), offset = (μ_easy P μ_easy - μ_hard P μ_hard) / 2.
/// </summary>
internal static class PrototypeFit
{
    /// <summary>The weights, and behind them the offset.</summary>
    public static double[] Fit(RouterData data, bool[] hard, ComputeContext context)
    {
        int width = data.Width;
        float[][] means = [Mean(false), Mean(true)];
        using AlignedBuffer<float> scatter = Scatter.Of(
            context, data.Inputs, [.. data.Learned.Select((row, i) => (row, means[hard[i] ? 1 : 0]))], width);
        double trace = 0;
        for (int i = 0; i < width; i++)
        {
            trace += scatter.Span[(i * width) + i];
        }

        double[] matrix = new double[width * width];
        for (int i = 0; i < matrix.Length; i++)
        {
            matrix[i] = scatter.Span[i];
        }

        // Inputs that never change leave a trace of 0 and say nothing; any positive number then serves.
        double ridge = Math.Max(trace / Math.Max(1, data.Learned.Length - 1), 1e-12);
        for (int i = 0; i < width; i++)
        {
            matrix[(i * width) + i] += ridge;
        }

        double[] gap = [.. means[1].Zip(means[0], static (one, other) => (double)one - other)];
        double[] weights = [.. Solve(matrix, gap).Select(value => width * value)];
        double middle = weights.Select((weight, i) => weight * ((double)means[0][i] + means[1][i]) / 2).Sum();
        return [.. weights, -middle];

        float[] Mean(bool kind) => Scatter.Mean(data.Inputs, [.. data.Learned.Where((_, i) => hard[i] == kind)], width);
    }

    /// <summary>Solves a positive definite system, row by row, by Cholesky's decomposition; the matrix is overwritten.</summary>
    private static double[] Solve(double[] matrix, double[] right)
    {
        int size = right.Length;
        double[] vector = [.. right];
        for (int i = 0; i < size; i++)
        {
            Span<double> row = matrix.AsSpan(i * size, size);
            for (int j = 0; j < i; j++)
            {
                row[j] = (row[j] - Dot(row[..j], matrix.AsSpan(j * size, j))) / matrix[(j * size) + j];
            }

            row[i] = Math.Sqrt(row[i] - Dot(row[..i], row[..i]));
            vector[i] = (vector[i] - Dot(row[..i], vector.AsSpan(0, i))) / row[i];
        }

        for (int i = size - 1; i >= 0; i--)
        {
            vector[i] /= matrix[(i * size) + i];
            for (int k = 0; k < i; k++)
            {
                vector[k] -= matrix[(i * size) + k] * vector[i];
            }
        }

        return vector;
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        Vector<double> sums = default;
        int i = 0;
        for (; i <= left.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            sums += new Vector<double>(left[i..]) * new Vector<double>(right[i..]);
        }

        double sum = Vector.Sum(sums);
        for (; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }
}
