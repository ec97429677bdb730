using Picket.Training.Optimisation;

namespace Picket.Training.Tests.Optimisation;

public sealed class BatchSamplerTests
{
    private static readonly TrainingSettings s_settings = new() { BatchSize = 8, ChunkSize = 8, Epochs = 2, Seed = 5 };

    [Fact]
    public void Batch_Balanced_DrawsBothClassesAlikeAndAllRows()
    {
        var sampler = new BatchSampler(50, static row => row < 5, s_settings with { Epochs = 200 });
        int[] drawn = [.. Enumerable.Range(1, (int)sampler.Steps).SelectMany(step => sampler.Batch(step))];

        Assert.Equal(50 * 200, drawn.Length);
        Assert.InRange(drawn.Count(static row => row < 5) / (double)drawn.Length, 0.48, 0.52);
        Assert.Equal(50, drawn.Distinct().Count());
    }

    [Fact]
    public void Batch_Shuffled_HasEveryRowOnceAnEpochInAnotherOrder()
    {
        var sampler = new BatchSampler(50, null, s_settings with { Balanced = false });
        int[][] epochs = [.. Enumerable.Range(0, 2).Select(epoch => Epoch(sampler, epoch))];

        Assert.All(epochs, static rows => Assert.Equal(Enumerable.Range(0, 50), rows.Order()));
        Assert.NotEqual(epochs[0], epochs[1]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Batch_AskedForInAnyOrder_IsTheSame(bool balanced)
    {
        TrainingSettings settings = s_settings with { Balanced = balanced };
        var forward = new BatchSampler(50, static row => row < 5, settings);
        int[][] expected = [.. Enumerable.Range(1, 14).Select(step => forward.Batch(step))];

        Assert.All(
            (int[])[9, 14, 2, 8, 1],
            step => Assert.Equal(expected[step - 1], new BatchSampler(50, static row => row < 5, settings).Batch(step)));
    }

    [Theory]
    [InlineData(0, 14)]
    [InlineData(5, 5)]
    [InlineData(100, 14)]
    public void Steps_Limit_IsTheLesser(long limit, long steps) =>
        Assert.Equal(steps, new BatchSampler(50, null, s_settings with { Balanced = false, Steps = limit }).Steps);

    [Fact]
    public void EndsEpoch_StepsCutShort_IsTrueOfTheLast()
    {
        var sampler = new BatchSampler(50, null, s_settings with { Balanced = false, Steps = 9 });

        Assert.Equal([7, 9], [.. Enumerable.Range(1, 9).Where(step => sampler.EndsEpoch(step))]);
        Assert.Equal((1, 2), (sampler.Epoch(7), sampler.Epoch(8)));
    }

    private static int[] Epoch(BatchSampler sampler, int epoch) =>
        [.. Enumerable.Range(1, (int)sampler.StepsPerEpoch).SelectMany(step => sampler.Batch((epoch * sampler.StepsPerEpoch) + step))];
}
