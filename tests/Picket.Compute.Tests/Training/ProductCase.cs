namespace Picket.Compute.Tests.Training;

/// <summary>The three products of training over random matrices of a shape, and the same in doubles.</summary>
internal sealed class ProductCase(SimdLevel simd, int threads) : IDisposable
{
    private readonly ComputeContext _context = new(new ComputeOptions { Simd = simd, Threads = threads });
    private readonly ProductScratch _scratch = new();

    /// <summary>Each product, added to the target and not, equals the plain loop and leaves what is beside the target.</summary>
    public void AssertAll(int rows, int depth, int columns, double tolerance = 2e-5)
    {
        foreach (bool accumulate in (bool[])[false, true])
        {
            double[] expected = Expected(rows, depth, columns, accumulate, Bias(columns));
            double[] withoutBias = Expected(rows, depth, columns, accumulate, new float[columns]);
            float[][] found = Products(rows, depth, columns, accumulate);
            Values.AssertClose(withoutBias, found[0], tolerance);
            Values.AssertClose(expected, found[1], tolerance);
            Values.AssertClose(withoutBias, found[2], tolerance);
        }
    }

    /// <summary>left right; the same with right turned over and a bias; the same with left turned over.</summary>
    public float[][] Products(int rows, int depth, int columns, bool accumulate)
    {
        using var left = new TestMatrix(rows, depth, seed: 1);
        using var right = new TestMatrix(depth, columns, seed: 2);
        using TestMatrix turnedLeft = Turn(left);
        using TestMatrix turnedRight = Turn(right);
        return
        [
            Find(rows, columns, target => ParallelGemm.Multiply(_context, left.View, right.View, target, _scratch, accumulate)),
            Find(rows, columns, target => ParallelGemm.MultiplyTransposed(
                _context, left.View, turnedRight.View, Bias(columns), target, _scratch, accumulate)),
            Find(rows, columns, target => ParallelGemm.TransposedMultiply(_context, turnedLeft.View, right.View, target, _scratch, accumulate)),
        ];
    }

    public void Dispose()
    {
        _context.Dispose();
        _scratch.Dispose();
    }

    private static double[] Expected(int rows, int depth, int columns, bool accumulate, float[] bias)
    {
        using var left = new TestMatrix(rows, depth, seed: 1);
        using var right = new TestMatrix(depth, columns, seed: 2);
        using var target = new TestMatrix(rows, columns, seed: 3);
        double[] product = Reference.Product(left.Dense, right.Dense, bias, rows, depth, columns, Activation.None);
        return accumulate ? [.. product.Zip(target.Dense, static (sum, addend) => sum + addend)] : product;
    }

    private static float[] Find(int rows, int columns, Action<Matrix<float>> multiply)
    {
        using var target = new TestMatrix(rows, columns, seed: 3);
        multiply(target.View);
        target.AssertGapsUntouched();
        return target.Dense;
    }

    private static TestMatrix Turn(TestMatrix source)
    {
        var turned = new TestMatrix(source.View.Columns, source.View.Rows, seed: 0);
        for (int row = 0; row < source.View.Rows; row++)
        {
            for (int column = 0; column < source.View.Columns; column++)
            {
                turned.View[column][row] = source.View[row][column];
            }
        }

        return turned;
    }

    private static float[] Bias(int columns) => Values.Random(columns, seed: 4);
}
