using Picket.Training.Optimisation;

namespace Picket.Training.Tests.Optimisation;

public sealed class LearningRateScheduleTests
{
    [Theory]
    [InlineData(1, 0.25)]
    [InlineData(4, 1)]
    [InlineData(5, 6.0 / 7)]
    [InlineData(10, 1.0 / 7)]
    public void At_WarmUpAndDecay_RisesAndFallsLinearly(long step, double share) =>
        Assert.Equal(share * 2, new LearningRateSchedule(2, WarmupSteps: 4, Steps: 10).At(step), 1e-12);

    [Fact]
    public void At_NoWarmUp_BeginsAtThePeak()
    {
        Assert.Equal(2 * 10 / 11.0, new LearningRateSchedule(2, WarmupSteps: 0, Steps: 10).At(1), 1e-12);
    }

    [Fact]
    public void At_WarmUpLongerThanTheTraining_OnlyRises()
    {
        var schedule = new LearningRateSchedule(2, WarmupSteps: 100, Steps: 3);

        Assert.Equal([0.02, 0.04, 0.06], [.. Enumerable.Range(1, 3).Select(step => Math.Round(schedule.At(step), 12))]);
    }
}
