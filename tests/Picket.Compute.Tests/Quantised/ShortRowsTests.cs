namespace Picket.Compute.Tests.Quantised;

public sealed class ShortRowsTests
{
    public static TheoryData<SimdLevel, double> LevelsAndDeviations()
    {
        var data = new TheoryData<SimdLevel, double>();
        foreach (SimdLevel level in SimdLevels.All)
        {
            data.Add(level, 0.01);
            data.Add(level, 1);
            data.Add(level, 30);
            data.Add(level, 100_000);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(LevelsAndDeviations))]
    public void QuantiseSoftmax_EveryLength_IsWithinAStepOfSoftmax(SimdLevel simd, double deviation)
    {
        const int Rows = 3;
        const float Factor = 0.3f;
        using var rows = new ShortRows();
        for (int depth = 1; depth <= 70; depth++)
        {
            int padded = (depth + 15) / 16 * 16;
            using var buffer = new AlignedBuffer<float>(Rows * padded);
            float[] scores = TestData.Gaussian(new Random(depth), Rows * padded, deviation);

            rows.QuantiseSoftmax(simd, depth, TestData.Matrix(buffer, scores, Rows, padded), Factor);

            for (int row = 0; row < Rows; row++)
            {
                double[] expected = Reference.Softmax(scores[(row * padded)..((row * padded) + depth)], Factor);
                double scale = rows.Scales[row];
                double relative = 1e-6 + (1e-7 * deviation);
                Assert.All(expected, (value, k) => Assert.Equal(value, rows.At(row, k) * scale, (0.51 * scale) + (relative * value) + 1e-9));
                Assert.All(Enumerable.Range(depth, (rows.Steps * ShortRows.Step) - depth), k => Assert.Equal(0, rows.At(row, k)));
            }
        }
    }

    [Fact]
    public void QuantiseSoftmax_RowWithNaN_GivesNaN()
    {
        using var rows = new ShortRows();
        using var buffer = new AlignedBuffer<float>(32);

        rows.QuantiseSoftmax(SimdLevels.Best, 16, TestData.Matrix(buffer, [float.NaN, .. new float[31]], 2, 16), 1);

        Assert.True(float.IsNaN(rows.Scales[0]));
        Assert.Equal(1.0 / 16, rows.At(1, 3) * rows.Scales[1], 1e-5);
    }

    [Fact]
    public void PackTransposed_OfRows_HoldsTheirNumbers()
    {
        using var rows = new ShortRows();
        using var panels = new ShortPanels();
        for (int count = 1; count <= 41; count++)
        {
            int depth = 1 + (count * 7 % 31);
            using var buffer = new AlignedBuffer<float>(count * depth);
            rows.Quantise(TestData.Matrix(buffer, TestData.Gaussian(new Random(count), count * depth), count, depth));

            panels.PackTransposed(rows);

            Assert.Equal((depth, count), (panels.Depth, panels.Columns));
            for (int row = 0; row < count; row++)
            {
                Assert.Equal(rows.Scales[row], panels.Scales[row]);
                Assert.All(Enumerable.Range(0, panels.Steps * ShortRows.Step), k => Assert.Equal(rows.At(row, k), panels.At(k, row)));
            }
        }
    }

    [Fact]
    public void Multiply_FromARow_TakesThoseFromThere()
    {
        using var left = new ShortRows();
        using var right = new ShortPanels();
        using var buffer = new AlignedBuffer<float>(45 * 20);
        left.Quantise(TestData.Matrix(buffer, TestData.Gaussian(new Random(1), 45 * 20), 45, 20));
        right.PackTransposed(left);
        using var whole = new MatrixBuffer<float>();
        using var part = new MatrixBuffer<float>();
        Matrix<float> all = whole.Shape(45, 45);
        ShortGemm.Multiply(SimdLevels.Best, left, right, 0, all);

        foreach ((int row, int rows) in ((int, int)[])[(0, 32), (8, 16), (40, 5), (0, 45)])
        {
            Matrix<float> some = part.Shape(rows, 45);
            ShortGemm.Multiply(SimdLevels.Best, left, row, right, 0, some);
            Assert.All(Enumerable.Range(0, rows), i => Assert.Equal(all[row + i].ToArray(), some[i].ToArray()));
        }

        Assert.Throws<ArgumentException>(() => ShortGemm.Multiply(SimdLevels.Best, left, 4, right, 0, part.Shape(8, 45)));
        Assert.Throws<ArgumentException>(() => ShortGemm.Multiply(SimdLevels.Best, left, 8, right, 0, part.Shape(7, 45)));
        Assert.Throws<ArgumentException>(() => ShortGemm.Multiply(SimdLevels.Best, left, 40, right, 0, part.Shape(8, 45)));
    }
}
