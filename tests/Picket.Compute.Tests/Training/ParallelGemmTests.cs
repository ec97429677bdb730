using Picket.Testing;

namespace Picket.Compute.Tests.Training;

/// <summary>The three products of training, over shapes with every remainder, against plain loops in double precision.</summary>
public sealed class ParallelGemmTests
{
    public static TheoryData<SimdLevel, int> LevelsAndThreads
    {
        get
        {
            var data = new TheoryData<SimdLevel, int>();
            foreach (SimdLevel level in SimdLevels.All)
            {
                data.Add(level, 1);
                data.Add(level, 2);
                data.Add(level, 3);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(LevelsAndThreads))]
    public void AllThree_RandomShapes_EqualPlainLoops(SimdLevel simd, int threads)
    {
        using var products = new ProductCase(simd, threads);
        var random = new Random(threads);
        for (int i = 0; i < 25; i++)
        {
            products.AssertAll(random.Next(1, 80), random.Next(1, 90), random.Next(1, 110));
        }
    }

    [Theory]
    [MemberData(nameof(LevelsAndThreads))]
    public void AllThree_SeveralBlocksOfRows_EqualPlainLoops(SimdLevel simd, int threads)
    {
        using var products = new ProductCase(simd, threads);
        products.AssertAll(rows: 301, depth: 17, columns: 40);
        products.AssertAll(rows: 29, depth: 33, columns: 321);
        products.AssertAll(rows: 31, depth: 300, columns: 35);
    }

    [Theory]
    [MemberData(nameof(LevelsAndThreads))]
    public void AllThree_NothingToSumOrOneOfEach_EqualPlainLoops(SimdLevel simd, int threads)
    {
        using var products = new ProductCase(simd, threads);
        products.AssertAll(rows: 7, depth: 0, columns: 5);
        products.AssertAll(rows: 0, depth: 3, columns: 5);
        products.AssertAll(rows: 1, depth: 1, columns: 1);
    }

    [Theory]
    [MemberData(nameof(LevelsAndThreads))]
    public void AllThree_DepthOfSeveralParts_EqualPlainLoops(SimdLevel simd, int threads)
    {
        using var products = new ProductCase(simd, threads);
        products.AssertAll(rows: 9, depth: 8200, columns: 35, tolerance: 1e-4);
    }

    [Fact]
    public void AllThree_ManyThreads_EqualOneBitForBit()
    {
        using var one = new ProductCase(SimdLevels.Best, threads: 1);
        using var many = new ProductCase(SimdLevels.Best, threads: 5);

        Assert.Equal(one.Products(170, 5000, 70, accumulate: true), many.Products(170, 5000, 70, accumulate: true));
    }

    [Fact]
    public void AllThree_ScratchThatHasGrown_AllocateNothing()
    {
        using var context = new ComputeContext(new ComputeOptions { Threads = 2 });
        using var scratch = new ProductScratch();
        using var left = new TestMatrix(70, 50, seed: 1);
        using var right = new TestMatrix(50, 50, seed: 2);
        using var target = new TestMatrix(70, 50, seed: 3);
        using var square = new TestMatrix(50, 50, seed: 4);

        long bytes = Allocations.Least(() =>
        {
            ParallelGemm.Multiply(context, left.View, right.View, target.View, scratch);
            ParallelGemm.MultiplyTransposed(context, left.View, right.View, [], target.View, scratch);
            ParallelGemm.TransposedMultiply(context, left.View, target.View, square.View, scratch);
        });

        Assert.Equal(0, bytes);
    }

    [Fact]
    public void AllThree_ShapesThatDoNotFit_AreRefused()
    {
        using var context = new ComputeContext(new ComputeOptions { Threads = 1 });
        using var scratch = new ProductScratch();
        using var memory = new TestMatrix(9, 9, seed: 1);
        Matrix<float> Part(int rows, int columns) => memory.View.Slice(0, rows, 0, columns);
        Assert.Throws<ArgumentException>(() => ParallelGemm.Multiply(context, Part(3, 4), Part(5, 6), Part(3, 6), scratch));
        Assert.Throws<ArgumentException>(() => ParallelGemm.Multiply(context, Part(3, 4), Part(4, 6), Part(2, 6), scratch));
        Assert.Throws<ArgumentException>(() => ParallelGemm.MultiplyTransposed(context, Part(3, 4), Part(6, 5), [], Part(3, 6), scratch));
        Assert.Throws<ArgumentException>(() => ParallelGemm.MultiplyTransposed(context, Part(3, 4), Part(6, 4), new float[5], Part(3, 6), scratch));
        Assert.Throws<ArgumentException>(() => ParallelGemm.TransposedMultiply(context, Part(4, 3), Part(5, 6), Part(3, 6), scratch));
        Assert.Throws<ArgumentException>(() => ParallelGemm.TransposedMultiply(context, Part(4, 3), Part(4, 6), Part(3, 5), scratch));
    }
}
