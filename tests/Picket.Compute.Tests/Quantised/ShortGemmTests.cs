using Picket.Compute.Quantised;

namespace Picket.Compute.Tests.Quantised;

public sealed class ShortGemmTests
{
    [Fact]
    public void Kernel512_EveryRemainder_EqualsIntegers() => AssertExact<TileKernel512<Int16Products512>>();

    [Fact]
    public void Kernel256_EveryRemainder_EqualsIntegers() => AssertExact<TileKernel256<Int16Avx2Products>>();

    [Fact]
    public void Kernel128Sse2_EveryRemainder_EqualsIntegers() => AssertExact<TileKernel128<Int16Sse2Products>>();

    [Fact]
    public void Kernel128Portable_EveryRemainder_EqualsIntegers() => AssertExact<TileKernel128<Int16PortableProducts>>();

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(64, 100, 40)]
    [InlineData(1000, 10, 64)]
    public void Multiply_Gaussian_IsNearLossless(int depth, int rows, int columns)
    {
        float[] left = TestData.Gaussian(new Random(1), rows * depth);
        float[] right = TestData.Gaussian(new Random(2), depth * columns);

        AssertNear(left, right, rows, depth, columns, isTransposed: true);
        AssertNear(left, right, rows, depth, columns, isTransposed: false);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(1)]
    [InlineData(30)]
    public void Multiply_Probabilities_IsNearLossless(double deviation)
    {
        // From nearly equal ones to nearly one alone.
        const int Depth = 513, Rows = 9;
        float[] left = TestData.Gaussian(new Random(1), Rows * Depth, deviation);
        for (int row = 0; row < Rows; row++)
        {
            Elementwise.Softmax(SimdLevel.Vector128, left.AsSpan(row * Depth, Depth), 1);
        }

        AssertNear(left, TestData.Gaussian(new Random(2), Depth * 64), Rows, Depth, 64, isTransposed: false);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(64, 64)]
    [InlineData(1024, 1024)]
    [InlineData(1024, 1)]
    [InlineData(1024, 3)]
    [InlineData(4099, 4099)]
    public void Multiply_LargestSums_DoNotWrap(int depth, int nonZero)
    {
        // A vector times itself reaches the bound of the inequality that the scales rest on.
        float[] vector = [.. Enumerable.Range(0, depth).Select(i => i < nonZero ? 1.7f : 0)];
        // Equal elements are all rounded the same way.
        double worst = 1.1 * Math.Sqrt(depth);
        AssertNear(vector, vector, 1, depth, 1, isTransposed: true, worst);
        AssertNear(vector, [.. vector.Select(static value => -value)], 1, depth, 1, isTransposed: false, worst);
    }

    [Theory]
    [InlineData(0f, 0f)]
    [InlineData(1e-30f, 0f)]
    [InlineData(float.NaN, float.NaN)]
    [InlineData(float.PositiveInfinity, float.NaN)]
    [InlineData(1e30f, float.NaN)]
    public void Multiply_RowsWithoutAScale_GiveZeroOrNaN(float value, float expected)
    {
        float[] left = [.. Enumerable.Repeat(value, 20)];
        float[] right = [.. Enumerable.Repeat(1f, 20)];

        float[] found = Multiply(SimdLevels.Best, left, right, 1, 20, 1, isTransposed: true);

        Assert.Equal([expected], found);
    }

    [Fact]
    public void Multiply_EveryLevel_GivesTheSameBits()
    {
        float[] left = TestData.Gaussian(new Random(1), 19 * 77);
        float[] right = TestData.Gaussian(new Random(2), 77 * 43);
        float[] expected = Multiply(SimdLevel.Vector128, left, right, 19, 77, 43, isTransposed: false);

        Assert.All(SimdLevels.All, simd => Assert.Equal(expected, Multiply(simd, left, right, 19, 77, 43, isTransposed: false)));
    }

    [Fact]
    public void Multiply_FromAColumn_TakesThoseFromThere()
    {
        using var left = new ShortRows();
        using var right = new ShortPanels();
        using var buffer = new AlignedBuffer<float>(100 * 8);
        Matrix<float> values = TestData.Matrix(buffer, TestData.Gaussian(new Random(1), 800), 100, 8);
        left.Quantise(values.SliceRows(0, 3));
        right.PackTransposed(values);
        using var whole = new MatrixBuffer<float>();
        using var part = new MatrixBuffer<float>();
        Matrix<float> all = whole.Shape(3, 100);
        Matrix<float> some = part.Shape(3, 30);

        ShortGemm.Multiply(SimdLevels.Best, left, right, 0, all);
        ShortGemm.Multiply(SimdLevels.Best, left, right, 64, some);

        Assert.All(Enumerable.Range(0, 3), row => Assert.Equal(all[row][64..94].ToArray(), some[row].ToArray()));
        Assert.Throws<ArgumentException>(() => ShortGemm.Multiply(SimdLevels.Best, left, right, 96, some));
        Assert.Throws<ArgumentException>(() => ShortGemm.Multiply(SimdLevels.Best, left, right, 16, some));
    }

    private static void AssertExact<TKernel>()
        where TKernel : struct, ITileKernel
    {
        Assert.SkipUnless(TKernel.IsSupported, $"this machine lacks the instructions of {typeof(TKernel)}");
        var random = new Random(1);
        using var left = new ShortRows();
        using var right = new ShortPanels();
        for (int rows = 1; rows <= 17; rows++)
        {
            for (int columns = (rows % 3) + 1; columns <= 50; columns += 7)
            {
                for (int depth = (columns % 5) + 1; depth <= 70; depth += 9)
                {
                    using var a = new AlignedBuffer<float>(rows * depth);
                    using var b = new AlignedBuffer<float>(depth * columns);
                    using var c = new AlignedBuffer<float>(rows * columns);
                    left.Quantise(TestData.Matrix(a, TestData.Gaussian(random, rows * depth), rows, depth));
                    right.Pack(TestData.Matrix(b, TestData.Gaussian(random, depth * columns), depth, columns));
                    var target = new Matrix<float>(c, rows, columns, columns);

                    ShortGemm.Multiply<TKernel>(left, 0, right, 0, target);

                    AssertExact(left, right, target);
                }
            }
        }
    }

    private static void AssertExact(ShortRows left, ShortPanels right, Matrix<float> target)
    {
        for (int row = 0; row < target.Rows; row++)
        {
            for (int column = 0; column < target.Columns; column++)
            {
                long sum = 0;
                for (int k = 0; k < left.Depth; k++)
                {
                    sum += left.At(row, k) * (long)right.At(k, column);
                }

                float expected = (int)sum * (left.Scales[row] * right.Scales[column]);
                Assert.True(
                    sum == (int)sum && expected == target[row][column],
                    $"{left.Rows} x {left.Depth} x {right.Columns} at [{row}, {column}]: {expected}, {target[row][column]}");
            }
        }
    }

    // Both sides are rounded to steps of a 46,340th of their length, or of a 32,767th of their largest where that is more: 2.5 allows for six
    // standard deviations of independent errors.
    private static void AssertNear(float[] left, float[] right, int rows, int depth, int columns, bool isTransposed, double factor = 2.5)
    {
        float[] found = Multiply(SimdLevels.Best, left, right, rows, depth, columns, isTransposed);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                double sum = 0;
                double lengthLeft = 0;
                double lengthRight = 0;
                for (int k = 0; k < depth; k++)
                {
                    double x = left[(row * depth) + k];
                    double y = isTransposed ? right[(column * depth) + k] : right[(k * columns) + column];
                    sum += x * y;
                    lengthLeft += x * x;
                    lengthRight += y * y;
                }

                double allowed = Math.Sqrt(lengthLeft * lengthRight) * factor / short.MaxValue;
                Assert.Equal(sum, found[(row * columns) + column], allowed);
            }
        }
    }

    private static float[] Multiply(SimdLevel simd, float[] left, float[] right, int rows, int depth, int columns, bool isTransposed)
    {
        using var a = new AlignedBuffer<float>(left.Length);
        using var b = new AlignedBuffer<float>(right.Length);
        using var c = new AlignedBuffer<float>(rows * columns);
        using var quantised = new ShortRows();
        using var panels = new ShortPanels();
        quantised.Quantise(TestData.Matrix(a, left, rows, depth));
        if (isTransposed)
        {
            panels.PackTransposed(TestData.Matrix(b, right, columns, depth));
        }
        else
        {
            panels.Pack(TestData.Matrix(b, right, depth, columns));
        }

        ShortGemm.Multiply(simd, quantised, panels, 0, new Matrix<float>(c, rows, columns, columns));
        return c.Span.ToArray();
    }
}
