using Picket.Compute;

namespace Picket.Training.RouterTraining;

/// <summary>
/// Finds where the learned rows' features lie (<see cref="FeatureRegion"/>): the covariance's leading directions by subspace iteration, and the
/// limit as the held-out rows' distance of rank ceil((n + 1) share), which one further exchangeable row exceeds with at most 1 - share.
/// </summary>
internal static class RegionFit
{
    /// <summary>Directions at most: with 512 features as many sums as a hidden layer of 64.</summary>
    public const int MostDirections = 64;

    private const int Iterations = 60;

    // Of the mean variance: directions in which no row differs have none, and any rounding would be far outside.
    private const double LeastVariance = 1e-3;

    /// <summary>The region; <see langword="null"/> where no feature ever changes or the held-out rows are too few for the share.</summary>
    public static FeatureRegion? Fit(RouterData data, IReadOnlyList<RoutingRow> rows, double share, ComputeContext context)
    {
        int width = data.Features;
        float[][] features = [.. rows.Select(static row => row.Small.Features.ToArray())];
        using var all = new MatrixBuffer<float>();
        Matrix<float> matrix = all.Shape(rows.Count, Math.Max(1, width));
        for (int i = 0; i < rows.Count; i++)
        {
            features[i].CopyTo(matrix[i]);
        }

        int rank = (int)Math.Ceiling((data.HeldOut.Length + 1) * share);
        if (width == 0 || rank > data.HeldOut.Length)
        {
            return null;
        }

        float[] mean = Scatter.Mean(matrix, data.Learned, width);
        using AlignedBuffer<float> scatter = Scatter.Of(context, matrix, [.. data.Learned.Select(row => (row, mean))], width);
        Kernels.Scale(scatter.Span, 1f / data.Learned.Length);
        double trace = Enumerable.Range(0, width).Sum(i => (double)scatter.Span[(i * width) + i]);
        if (!(trace > 0))
        {
            return null;
        }

        int count = Math.Min(width, MostDirections);
        (float[] directions, double[] variances) = Leading(new Matrix<float>(scatter, width, width, width), count, context);
        double least = LeastVariance * trace / width;
        double rest = count == width ? trace / width : Math.Max(0, trace - variances.Sum()) / (width - count);
        float[] along = [.. variances.Select(variance => (float)(Math.Max(0, variance) + least))];
        var unlimited = new FeatureRegion(mean, directions, along, rest + least, 1);
        double[] distances = [.. data.HeldOut.Select(row => unlimited.SquaredDistance(features[row])).Order()];
        double limit = distances[rank - 1];
        return limit > 0 ? new FeatureRegion(mean, directions, along, rest + least, limit) : null;
    }

    /// <summary>Orthonormal directions, row by row, and the variance along each.</summary>
    private static (float[] Directions, double[] Variances) Leading(Matrix<float> covariance, int count, ComputeContext context)
    {
        int width = covariance.Rows;
        var random = new Random(1);
        double[][] basis = [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, width).Select(_ => random.NextDouble() - 0.5).ToArray())];
        Orthonormalise(basis);
        using var current = new AlignedBuffer<float>((long)count * width);
        using var product = new AlignedBuffer<float>((long)count * width);
        using var scratch = new ProductScratch();
        var from = new Matrix<float>(current, count, width, width);
        var to = new Matrix<float>(product, count, width, width);
        double[] variances = new double[count];
        for (int iteration = 0; iteration <= Iterations; iteration++)
        {
            for (int k = 0; k < count; k++)
            {
                for (int i = 0; i < width; i++)
                {
                    from[k][i] = (float)basis[k][i];
                }
            }

            ParallelGemm.Multiply(context, from, covariance, to, scratch);
            for (int k = 0; k < count; k++)
            {
                variances[k] = Kernels.Dot(from[k], to[k]);
                basis[k] = [.. to[k].ToArray().Select(static value => (double)value)];
            }

            if (iteration < Iterations)
            {
                Orthonormalise(basis);
            }
        }

        return (current.Span.ToArray(), variances);
    }

    // Gram and Schmidt, twice: once leaves what rounding leaves. In doubles, for later directions shrink by orders of magnitude.
    private static void Orthonormalise(double[][] basis)
    {
        var random = new Random(2);
        for (int k = 0; k < basis.Length; k++)
        {
            double before = Math.Sqrt(Dot(basis[k], basis[k]));
            Project(basis, k);
            double after = Math.Sqrt(Dot(basis[k], basis[k]));

            // A covariance of lower rank leaves nothing of this direction; any other one orthogonal to the rest will do.
            if (!(after > 1e-5 * before))
            {
                basis[k] = [.. basis[k].Select(_ => random.NextDouble() - 0.5)];
                Project(basis, k);
            }

            Project(basis, k);
            double length = Math.Sqrt(Dot(basis[k], basis[k]));
            basis[k] = [.. basis[k].Select(value => value / length)];
        }
    }

    private static void Project(double[][] basis, int k)
    {
        for (int j = 0; j < k; j++)
        {
            double along = Dot(basis[k], basis[j]);
            for (int i = 0; i < basis[k].Length; i++)
            {
                basis[k][i] -= along * basis[j][i];
            }
        }
    }

    private static double Dot(double[] left, double[] right)
    {
        double sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }
}
