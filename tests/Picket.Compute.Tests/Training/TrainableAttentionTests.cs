using Picket.Testing;

namespace Picket.Compute.Tests.Training;

public sealed class TrainableAttentionTests
{
    private static readonly LogBuckets Small = new(buckets: 16, maxPosition: 64);
    private static readonly LogBuckets Released = new(buckets: 256, maxPosition: 512);

    public static TheoryData<SimdLevel, int> LevelsAndThreads => ParallelGemmTests.LevelsAndThreads;

    [Theory]
    [MemberData(nameof(LevelsAndThreads))]
    public void BothWays_RandomShapes_EqualFormula(SimdLevel simd, int threads)
    {
        var random = new Random(threads);
        for (int i = 0; i < 8; i++)
        {
            int[] lengths = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(1, 50))];
            using var attention = new TrainableAttentionCase(Small, random.Next(1, 4), random.Next(1, 40), i % 2 * 0.3f, lengths);
            attention.AssertEqual(simd, threads);
        }
    }

    [Theory]
    [MemberData(nameof(LevelsAndThreads))]
    public void BothWays_EmptyAndOneTokenSequences_EqualFormula(SimdLevel simd, int threads)
    {
        using var attention = new TrainableAttentionCase(Small, heads: 2, width: 8, rate: 0.1f, 0, 1, 0, 33, 1, 0);
        attention.AssertEqual(simd, threads);
    }

    [Theory]
    [MemberData(nameof(LevelsAndThreads))]
    public void BothWays_LongerThanTheLastBucket_EqualFormula(SimdLevel simd, int threads)
    {
        using var attention = new TrainableAttentionCase(Small, heads: 1, width: 4, rate: 0.1f, 150, 20);
        attention.AssertEqual(simd, threads);
    }

    [Fact]
    public void BothWays_ReleasedBuckets_EqualFormula()
    {
        using var attention = new TrainableAttentionCase(Released, heads: 1, width: 32, rate: 0.1f, 300, 64);
        attention.AssertEqual(SimdLevels.Best, threads: 2);
    }

    [Fact]
    public void BothWays_ManyThreads_EqualOneBitForBit()
    {
        using var attention = new TrainableAttentionCase(Released, heads: 3, width: 16, rate: 0.1f, 200, 3, 64, 64, 17, 90, 30, 64, 1, 5, 40, 130);

        float[][] expected = attention.Find(SimdLevels.Best, threads: 1);

        Assert.Equal(expected, attention.Find(SimdLevels.Best, threads: 2));
        Assert.Equal(expected, attention.Find(SimdLevels.Best, threads: 7));
    }

    [Fact]
    public void BothWays_MemoryOfOtherBatches_ChangesNothing()
    {
        using var shared = new TrainableAttention(Small, heads: 2);
        using var longer = new TrainableAttentionCase(Small, heads: 2, width: 16, rate: 0.1f, 90, 4);
        using var shorter = new TrainableAttentionCase(Small, heads: 2, width: 16, rate: 0.1f, 20, 30, 7);

        foreach (TrainableAttentionCase attention in (TrainableAttentionCase[])[longer, shorter, longer])
        {
            Assert.Equal(attention.Find(SimdLevels.Best, threads: 1), attention.Find(SimdLevels.Best, threads: 2, shared));
        }
    }

    [Fact]
    public void BothWays_MemoryThatHasGrown_AllocateNothing()
    {
        using var context = new ComputeContext(new ComputeOptions { Threads = 2 });
        using var attention = new TrainableAttention(Small, heads: 2);
        using var tokens = new TestMatrix(40, 32, seed: 1);
        using var positions = new TestMatrix(32, 32, seed: 2);
        using var probabilities = new TestMatrix(1, 2 * ((30 * 30) + (10 * 10)), seed: 3);
        using var other = new TestMatrix(40, 32, seed: 4);
        var operands = new AttentionOperands(tokens.View, tokens.View, tokens.View, positions.View, positions.View, 0);
        var gradients = operands with { Queries = other.View, Keys = other.View, Values = other.View };
        int[] starts = [0, 30, 40];

        long bytes = Allocations.Least(() =>
        {
            attention.Forward(context, operands, starts, new Dropout(0.1f, 1), probabilities.View, other.View);
            attention.Backward(context, operands, starts, new Dropout(0.1f, 1), probabilities.View, tokens.View, gradients);
        });

        Assert.Equal(0, bytes);
    }

    [Fact]
    public void Forward_ShapesThatDoNotFit_AreRefused()
    {
        using var context = new ComputeContext(new ComputeOptions { Threads = 1 });
        using var attention = new TrainableAttention(Small, heads: 2);
        using var tokens = new TestMatrix(10, 8, seed: 1);
        using var positions = new TestMatrix(19, 8, seed: 2);
        using var probabilities = new TestMatrix(1, 200, seed: 3);
        using var output = new TestMatrix(10, 8, seed: 4);
        var fitting = new AttentionOperands(tokens.View, tokens.View, tokens.View, positions.View, positions.View, 7);
        void Forward(AttentionOperands operands, Matrix<float> target) =>
            attention.Forward(context, operands, [0, 10], default, probabilities.View, target);

        Forward(fitting, output.View);
        Assert.Throws<ArgumentException>(() => Forward(fitting with { FirstPosition = 8 }, output.View));
        Assert.Throws<ArgumentException>(() => Forward(fitting with { FirstPosition = 6 }, output.View));
        Assert.Throws<ArgumentException>(() => Forward(fitting with { Keys = tokens.View.SliceRows(0, 9) }, output.View));
        Assert.Throws<ArgumentException>(() => Forward(fitting, output.View.SliceRows(0, 9)));
        Assert.Throws<ArgumentException>(() => Forward(fitting, output.View.SliceColumns(0, 7)));
    }
}
