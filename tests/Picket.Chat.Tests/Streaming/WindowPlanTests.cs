namespace Picket.Chat.Tests;

public sealed class WindowPlanTests
{
    [Fact]
    public void TryNext_AnyText_CoversItWithWindowsThatOverlapAndAreNotLong()
    {
        for (int seed = 0; seed < 1000; seed++)
        {
            var run = new StreamRun(seed);
            (int Start, int End)[] windows = Windows(run);

            Assert.All(windows, window => Assert.InRange(window.End - window.Start, 1, run.Options.WindowLength));
            Assert.All(windows.Zip(windows.Skip(1)), pair =>
                Assert.True(pair.Second.Start <= Math.Max(0, pair.First.End - run.Options.Overlap) && pair.Second.End > pair.First.End));
            Assert.Equal((0, run.Text.Length), windows.Length == 0 ? (0, 0) : (windows[0].Start, windows[^1].End));
        }
    }

    [Fact]
    public void TryNext_AnyText_ScoresNoUnitMoreOftenThanPromised()
    {
        for (int seed = 0; seed < 1000; seed++)
        {
            var run = new StreamRun(seed);
            StreamGuardOptions options = run.Options;
            int full = options.WindowLength - (options.WindowLength / 4) - (options.WindowLength / 8) - options.Overlap;
            int step = options.Step == StreamStep.Sentence ? Math.Min(options.ShortestStep, full) : full;

            (int Start, int End)[] windows = Windows(run);

            int most = run.Text.Select((_, unit) => windows.Count(window => window.Start <= unit && unit < window.End)).Append(0).Max();
            Assert.InRange(most, 0, 2 + ((options.Overlap + (options.WindowLength / 8)) / step));
        }
    }

    private static (int Start, int End)[] Windows(StreamRun run)
    {
        var plan = new WindowPlan(run.Options);
        List<(int, int)> windows = [];
        while (plan.TryNext(run.Text, all: true, out Range window))
        {
            windows.Add((window.Start.Value, window.End.Value));
        }

        return [.. windows];
    }
}
