using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Picket.Tests.Cascade;

/// <summary>Under a cap; an input is its own hardness in percent, and everything wants to go on.</summary>
public sealed class EscalationCapTests
{
    private static readonly Arbitrary<int[][]> Streams = Gen.Choose(0, 100).ArrayOf().ArrayOf().ToArbitrary();

    [Fact]
    public void CheckAsync_AnyStream_NoWindowExceedsTheCap() => Prop.ForAll(Streams, stream =>
    {
        GuardCascade cascade = Cascade(new EscalationCap(0.3, Window: 10));
        bool[] gone = [.. stream.SelectMany(batch => Check(cascade, batch)).Select(static verdict => verdict.Tier == 1)];

        return Enumerable.Range(0, gone.Length).All(start => gone.Skip(start).Take(10).Count(static x => x) <= 3);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void CheckAsync_OneBatch_KeepsTheHardest()
    {
        GuardCascade cascade = Cascade(new EscalationCap(0.3, Window: 10));

        IReadOnlyList<Verdict> verdicts = Check(cascade, [5, 90, 20, 70, 60, 95, 1, 2, 3, 4]);

        Assert.Equal([1, 3, 5], Enumerable.Range(0, 10).Where(i => verdicts[i].Tier == 1));
        Assert.All(verdicts.Where(static verdict => verdict.Tier == 0), static verdict => Assert.Equal(
            (false, RouteReason.Capped), (verdict.Route.Escalate, verdict.Route.Reason)));
    }

    [Fact]
    public void CheckAsync_OneByOne_LetsOnlyTheHardestOfTheWindowOn()
    {
        GuardCascade cascade = Cascade(new EscalationCap(0.2, Window: 10));
        int[] first = [50, 40, 1, 1, 1, 1, 1, 1, 1, 1];
        int[] then = [45, 60];

        string gone = string.Concat(first.Concat(then).Select(hardness => Check(cascade, [hardness])[0].Tier));

        // 50 has left the window that 45 ends, whose hardest two are 40 and 45; 40 has left the one that 60 ends.
        Assert.Equal("110000000011", gone);
    }

    [Fact]
    public void CheckAsync_OutsideTheRegion_GoesBeforeTheHardest()
    {
        var window = new CapWindow(new EscalationCap(0.5, Window: 2));
        RouteDecision[] decisions = [new(true, 0.9), new(true, 0.1) { Reason = RouteReason.OutOfRegion }];

        window.Apply(decisions);

        Assert.Equal([false, true], decisions.Select(static decision => decision.Escalate));
    }

    [Fact]
    public void Routes_AfterChecks_CountSharesAndDrift()
    {
        GuardCascade cascade = Cascade(new EscalationCap(0.5, Window: 4), monitorWindow: 4);
        Check(cascade, [1, 2, 3, 4, 5, 6, 7, 8]);
        RouteCounts counts = Assert.Single(cascade.Routes).Read();

        Assert.Equal((8L, 4L, 4L, 4), (counts.Decisions, counts.Escalations, counts.Capped, counts.RecentDecisions));
        Assert.Equal((0.5, 0.5), (counts.Share, counts.RecentShare));
        Assert.Equal(0.5 - 0.25, counts.Drift);
        Assert.Equal(0.25 / Math.Sqrt(0.25 * 0.75 / 4), counts.DriftErrors!.Value, precision: 12);
    }

    [Theory]
    [InlineData(0.0, 10)]
    [InlineData(1.1, 10)]
    [InlineData(0.05, 10)]
    [InlineData(0.5, 0)]
    public void New_ImpossibleCap_Throws(double share, int window)
    {
        Assert.Throws<PicketException>(() => Cascade(new EscalationCap(share, window)));
    }

    private static IReadOnlyList<Verdict> Check(GuardCascade cascade, int[] batch) =>
        cascade.CheckAsync([.. batch.Select(static x => new GuardInput($"{x}"))]).AsTask().GetAwaiter().GetResult();

    private static GuardCascade Cascade(EscalationCap cap, int monitorWindow = 100)
    {
        var small = new FakeGuard("small", input => int.Parse(input.Prompt, CultureInfo.InvariantCulture) / 100.0);
        return new GuardCascade(
            [new CascadeTier(small, new Eager()) { Cap = cap }, new CascadeTier(new FakeGuard("large", _ => 0))],
            new GuardCascadeOptions { MonitorWindow = monitorWindow });
    }

    private sealed class Eager : IRouter
    {
        public string Name => "eager";

        public double? CalibratedShare => 0.25;

        public RouteDecision Decide(GuardScore small) => new(Escalate: true, small.UnsafeProbability);
    }
}
