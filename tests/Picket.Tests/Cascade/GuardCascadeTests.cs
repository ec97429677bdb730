using System.Globalization;
using Picket.Testing;

namespace Picket.Tests.Cascade;

public sealed class GuardCascadeTests
{
    private static readonly GuardInput[] Inputs = [new("0.10"), new("0.60"), new("0.95")];

    [Fact]
    public async Task CheckAsync_SmallGuardAlone_DecidesByItsThreshold()
    {
        await using var cascade = new GuardCascade(Small(threshold: 0.7));

        IReadOnlyList<Verdict> verdicts = await cascade.CheckAsync(Inputs, TestContext.Current.CancellationToken);

        Assert.Equal([false, false, true], verdicts.Select(verdict => verdict.Unsafe));
        Assert.All(verdicts, verdict => Assert.Equal(("small", false, false), (verdict.DecidedBy, verdict.Degraded, verdict.Route.Escalate)));
    }

    [Fact]
    public async Task CheckAsync_ProbabilityAtThreshold_IsUnsafe()
    {
        await using var cascade = new GuardCascade(Small(), options: new GuardCascadeOptions { Threshold = 0.6 });

        IReadOnlyList<Verdict> verdicts = await cascade.CheckAsync(Inputs, TestContext.Current.CancellationToken);

        Assert.Equal([false, true, true], verdicts.Select(verdict => verdict.Unsafe));
    }

    [Theory]
    [InlineData("S1", true)]
    [InlineData("s6", false)]
    [InlineData("S1,S6", true)]
    public async Task CheckAsync_ScoreWithCategories_HasTheLowestOfTheirThresholds(string named, bool expected)
    {
        var guard = new FakeGuard("small", (_, _) => new([new GuardScore(0.7) { Categories = named.Split(',') }]));
        var options = new GuardCascadeOptions { CategoryThresholds = new Dictionary<string, double> { ["S6"] = 0.9 } };
        await using var cascade = new GuardCascade(guard, options: options);

        Verdict verdict = (await cascade.CheckAsync([new GuardInput("x")], TestContext.Current.CancellationToken))[0];

        Assert.Equal(expected, verdict.Unsafe);
        Assert.Equal(named.Split(','), verdict.Categories);
    }

    [Fact]
    public async Task CheckAsync_HardInput_GoesToTheLargeGuardInOneCall()
    {
        var large = new FakeGuard("large", _ => 0.2);
        await using var cascade = new GuardCascade(Small(), large, new AlwaysRouter());

        IReadOnlyList<Verdict> verdicts = await cascade.CheckAsync(Inputs, TestContext.Current.CancellationToken);

        Assert.Equal(1, large.Calls);
        Assert.All(verdicts, verdict => Assert.Equal(("large", false, 0.2), (verdict.DecidedBy, verdict.Unsafe, verdict.UnsafeProbability)));
    }

    [Fact]
    public async Task CheckAsync_DefaultRouter_EscalatesTheUnsureOnly()
    {
        var large = new FakeGuard("large", _ => 0.2);
        await using var cascade = new GuardCascade(Small(), large);

        IReadOnlyList<Verdict> verdicts = await cascade.CheckAsync(Inputs, TestContext.Current.CancellationToken);

        Assert.Equal(["small", "large", "small"], verdicts.Select(verdict => verdict.DecidedBy));
        Assert.Equal([Inputs[1]], large.Seen);
    }

    [Fact]
    public async Task CheckAsync_NothingHard_LeavesTheLargeGuardAlone()
    {
        var large = new FakeGuard("large", _ => 0.2);
        await using var cascade = new GuardCascade(Small(), large, new NeverRouter());

        await cascade.CheckAsync(Inputs, TestContext.Current.CancellationToken);

        Assert.Equal(0, large.Calls);
    }

    [Fact]
    public async Task CheckAsync_NoInputs_AsksNoOne()
    {
        FakeGuard small = Small();
        await using var cascade = new GuardCascade(small);

        Assert.Empty(await cascade.CheckAsync([], TestContext.Current.CancellationToken));
        Assert.Equal(0, small.Calls);
    }

    [Fact]
    public async Task CheckAsync_ScoreOverWindows_FillsWindows()
    {
        await using var cascade = new GuardCascade(new FakeGuard("small", (_, _) => new([new GuardScore(0.1, Windows: 7)])));

        Assert.Equal(7, (await cascade.CheckAsync([new("a")], TestContext.Current.CancellationToken))[0].Windows);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.001)]
    [InlineData(1.001)]
    public async Task CheckAsync_SmallGuardGivesNoProbability_Throws(double probability)
    {
        await using var cascade = new GuardCascade(new FakeGuard("small", _ => probability));

        PicketException fault = await Assert.ThrowsAsync<PicketException>(
            async () => await cascade.CheckAsync(Inputs, TestContext.Current.CancellationToken));
        Assert.StartsWith("guard small: score 0: expected a probability in [0, 1]", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckAsync_SmallGuardFails_Throws()
    {
        await using var cascade = new GuardCascade(new FakeGuard("small", (_, _) => throw new IOException("gone")), new FakeGuard("large", _ => 0));

        await Assert.ThrowsAsync<IOException>(async () => await cascade.CheckAsync(Inputs, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task CheckAsync_NothingEscalates_AllocatesTheVerdictsOnly()
    {
        GuardInput[] inputs = [.. Enumerable.Repeat(new GuardInput("a"), 1000)];
        GuardScore[] scores = [.. inputs.Select(_ => new GuardScore(0.1))];
        await using var cascade = new GuardCascade(new FakeGuard("small", (_, _) => new(scores)) { Seen = { Capacity = 4000 } });
        await cascade.CheckAsync(inputs, TestContext.Current.CancellationToken);

        ValueTask<IReadOnlyList<Verdict>> check = default;
        long allocated = Allocations.Least(() => check = cascade.CheckAsync(inputs, TestContext.Current.CancellationToken));
        await check;

        // A reference and a verdict of 120 bytes an input; a debug build adds the state machine.
        Assert.InRange(allocated, 1, (inputs.Length * (8 + 120)) + 512);
    }

    private static FakeGuard Small(double threshold = 0.5) =>
        new("small", input => double.Parse(input.Prompt, CultureInfo.InvariantCulture), threshold);
}
