namespace Picket.Compute.Tests;

/// <summary>Shapes with every remainder of every tile, in matrices with gaps between their rows, against a plain triple loop.</summary>
public sealed class GemmTests
{
    public static TheoryData<SimdLevel> Levels => [.. SimdLevels.All];

    [Theory]
    [MemberData(nameof(Levels))]
    public void Multiply_EveryRowCount_EqualsPlainLoop(SimdLevel simd)
    {
        for (int rows = 0; rows <= 26; rows++)
        {
            AssertProduct(simd, rows, depth: 13, columns: 40);
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Multiply_EveryColumnCount_EqualsPlainLoop(SimdLevel simd)
    {
        for (int columns = 1; columns <= 70; columns++)
        {
            AssertProduct(simd, rows: 9, depth: 5, columns);
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Multiply_EveryDepth_EqualsPlainLoop(SimdLevel simd)
    {
        for (int depth = 0; depth <= 70; depth++)
        {
            AssertProduct(simd, rows: 7, depth, columns: 33);
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Multiply_RandomShapes_EqualPlainLoop(SimdLevel simd)
    {
        var random = new Random(7);
        for (int i = 0; i < 40; i++)
        {
            AssertProduct(simd, random.Next(1, 40), random.Next(1, 90), random.Next(1, 140));
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Multiply_SomeColumnsOfRight_WritesTheTargetAlone(SimdLevel simd)
    {
        using var left = new TestMatrix(11, 20, seed: 1);
        using var right = new TestMatrix(20, 130, seed: 2);
        using var memory = new AlignedBuffer<float>(Panels.Length(20, 130));
        var panels = new Panels(memory, 20, 130);
        panels.Pack(right.View);
        double[] whole = Reference.Product(left.Dense, right.Dense, new float[130], 11, 20, 130, Activation.None);
        foreach (int from in (int[])[0, 32, 64, 96, 128])
        {
            for (int columns = 1; columns <= Math.Min(37, 130 - from); columns++)
            {
                using var target = new TestMatrix(11, columns, seed: 3);
                Gemm.Multiply(simd, left.View, panels, from, target.View);
                IEnumerable<double> part = Enumerable.Range(0, 11 * columns).Select(i => whole[(i / columns * 130) + from + (i % columns)]);
                Values.AssertClose(part, target.Dense, 1e-5);
                target.AssertGapsUntouched();
            }
        }
    }

    [Fact]
    public void Multiply_TransposedPacking_EqualsPacking()
    {
        for (int columns = 1; columns <= 70; columns++)
        {
            using var source = new TestMatrix(columns, 19, seed: columns);
            using var turned = new TestMatrix(19, columns, seed: 1);
            for (int i = 0; i < columns * 19; i++)
            {
                turned.View[i % 19][i / 19] = source.View[i / 19][i % 19];
            }

            using var one = new AlignedBuffer<float>(Panels.Length(19, columns));
            using var other = new AlignedBuffer<float>(Panels.Length(19, columns));
            new Panels(one, 19, columns).Pack(turned.View);
            new Panels(other, 19, columns).PackTransposed(source.View);
            Assert.Equal(one.Span.ToArray(), other.Span.ToArray());
        }
    }

    [Fact]
    public void Multiply_ShapesThatDoNotFit_AreRefused()
    {
        using var left = new TestMatrix(4, 8, seed: 1);
        using var target = new TestMatrix(4, 33, seed: 2);
        using var memory = new AlignedBuffer<float>(Panels.Length(8, 64));
        var panels = new Panels(memory, 8, 64);
        SimdLevel simd = SimdLevels.Best;
        Assert.Throws<ArgumentException>(() => Gemm.Multiply(simd, left.View.SliceColumns(0, 7), panels, 0, target.View));
        Assert.Throws<ArgumentException>(() => Gemm.Multiply(simd, left.View.SliceRows(0, 3), panels, 0, target.View));
        Assert.Throws<ArgumentException>(() => Gemm.Multiply(simd, left.View, panels, 32, target.View));
        Assert.Throws<ArgumentException>(() => Gemm.Multiply(simd, left.View, panels, 16, target.View));
        Assert.Throws<ArgumentException>(() => Gemm.Multiply(simd, left.View, panels, -32, target.View));
        Assert.Throws<ArgumentException>(() => panels.Pack(target.View));
        Assert.Throws<ArgumentException>(() => panels.PackTransposed(target.View));
    }

    private static void AssertProduct(SimdLevel simd, int rows, int depth, int columns)
    {
        using var left = new TestMatrix(rows, depth, seed: rows);
        using var right = new TestMatrix(depth, columns, seed: columns);
        using var target = new TestMatrix(rows, columns, seed: depth);
        using var memory = new AlignedBuffer<float>(Panels.Length(depth, columns));
        var panels = new Panels(memory, depth, columns);
        panels.Pack(right.View);

        Gemm.Multiply(simd, left.View, panels, 0, target.View);

        double[] expected = Reference.Product(left.Dense, right.Dense, new float[columns], rows, depth, columns, Activation.None);
        Values.AssertClose(expected, target.Dense, 1e-5);
        target.AssertGapsUntouched();
    }
}
