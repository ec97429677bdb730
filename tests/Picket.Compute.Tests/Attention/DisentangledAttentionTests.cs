namespace Picket.Compute.Tests.Attention;

public sealed class DisentangledAttentionTests
{
    private const double Tolerance = 2e-5;

    // A 20,000th: scores of up to about 5 and values of up to 1, each a sum of products that are off by a 100,000th of the lengths.
    private const double ShortTolerance = 5e-5;
    private static readonly LogBuckets Small = new(buckets: 16, maxPosition: 64);
    private static readonly LogBuckets Released = new(buckets: 256, maxPosition: 512);

    public static TheoryData<SimdLevel, int, bool> Ways()
    {
        var data = new TheoryData<SimdLevel, int, bool>();
        foreach (SimdLevel level in SimdLevels.All)
        {
            data.Add(level, 1, false);
            data.Add(level, 2, false);
            data.Add(level, 1, true);
            data.Add(level, 2, true);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Apply_EveryShortLength_EqualsFormula(SimdLevel simd, int threads, bool shorts)
    {
        for (int length = 1; length <= 70; length++)
        {
            using var attention = new AttentionCase(Small, 8, length);
            AssertFormula(attention, 0, length, attention.Attend(simd, threads, shorts: shorts), step: 1, shorts);
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Apply_RaggedBatch_EqualsFormula(SimdLevel simd, int threads, bool shorts)
    {
        int[] lengths = [5, 1, 130, 33, 16];
        using var attention = new AttentionCase(Small, 20, lengths);
        float[][] output = attention.Attend(simd, threads, shorts: shorts);

        for (int i = 0; i < lengths.Length; i++)
        {
            AssertFormula(attention, i, lengths[i], output[lengths[..i].Sum()..], step: 3, shorts);
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Apply_LongSequenceWithReleasedBuckets_EqualsFormula(SimdLevel simd, int threads, bool shorts)
    {
        using var attention = new AttentionCase(Released, 16, 700);

        AssertFormula(attention, 0, 700, attention.Attend(simd, threads, shorts: shorts), step: 31, shorts);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Apply_FirstQueryOnly_EqualsThatOfAllAndLeavesTheOthers(SimdLevel simd, int threads, bool shorts)
    {
        using var attention = new AttentionCase(Small, 16, 40, 7, 90);
        float[][] all = attention.Attend(simd, threads, shorts: shorts);
        float[][] first = attention.Attend(simd, threads, queries: 1, shorts: shorts);

        Assert.All([0, 40, 47], row => Assert.Equal(all[row], first[row]));
        Assert.Equal(all[1], first[1]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Apply_ManyThreads_EqualsOneBitForBit(bool shorts)
    {
        using var attention = new AttentionCase(Released, 16, 600, 3);

        Assert.Equal(
            attention.Attend(SimdLevels.Best, threads: 1, shorts: shorts),
            attention.Attend(SimdLevels.Best, threads: 7, shorts: shorts));
    }

    [Fact]
    public void Apply_ScratchOfALongerAndAShorterPass_ChangesNothing()
    {
        using var scratch = new AttentionScratch(Small);
        using var longer = new AttentionCase(Small, 16, 150);
        using var shorter = new AttentionCase(Small, 16, 20, 30);
        float[][] expected = longer.Attend(SimdLevels.Best, threads: 2);

        shorter.Attend(SimdLevels.Best, threads: 1, scratch: scratch);
        longer.Attend(SimdLevels.Best, threads: 2, scratch: scratch);
        Assert.Equal(shorter.Attend(SimdLevels.Best, 1), shorter.Attend(SimdLevels.Best, threads: 2, scratch: scratch));
        Assert.Equal(expected, longer.Attend(SimdLevels.Best, threads: 2, scratch: scratch));
    }

    [Fact]
    public void Apply_OtherBucketsThanTheScratch_IsRefused()
    {
        using var scratch = new AttentionScratch(Released);
        using var attention = new AttentionCase(Small, 16, 4);

        Assert.Throws<ArgumentException>(() => attention.Attend(SimdLevels.Best, threads: 1, scratch: scratch));
    }

    private static void AssertFormula(AttentionCase attention, int sequence, int length, float[][] output, int step, bool shorts)
    {
        for (int query = 0; query < length; query += step)
        {
            double[] expected = attention.Expected(sequence, query);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], output[query][i], shorts ? ShortTolerance : Tolerance);
            }
        }
    }
}
