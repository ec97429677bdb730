using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Picket.Tests.Cascade;

/// <summary>Chains of three guards. An input "1,0" wants to go on from the first tier and to stay at the second.</summary>
public sealed class CascadeChainTests
{
    private static readonly Gen<GuardInput> Input =
        from first in Gen.Choose(0, 1)
        from second in Gen.Choose(0, 1)
        from number in Gen.Choose(0, 9)
        select new GuardInput($"{first},{second},{number}");

    private static readonly Arbitrary<GuardInput[]> Batches = Input.ArrayOf().ToArbitrary();

    [Fact]
    public void CheckAsync_Chain_EachInputIsDecidedWhereItsRoutersLeaveIt() => Prop.ForAll(Batches, inputs =>
    {
        Guards guards = new();
        IReadOnlyList<Verdict> verdicts = guards.Check(inputs);

        return verdicts.Count == inputs.Length && inputs.Zip(verdicts).All(pair =>
        {
            int tier = TierOf(pair.First);
            Verdict verdict = pair.Second;
            return verdict.Tier == tier && verdict.DecidedBy == $"tier {tier}" && verdict.UnsafeProbability == Probability(pair.First, tier)
                && verdict.Route.Tier == Math.Min(tier, 1) && verdict.Earlier.Count == Math.Min(tier, 1)
                && verdict.Route.Router == "wish" && verdict.Earlier.All(route => route is { Escalate: true, Tier: 0 });
        });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void CheckAsync_Chain_NoGuardSeesWhatWasNotEscalatedToIt() => Prop.ForAll(Batches, inputs =>
    {
        Guards guards = new();
        guards.Check(inputs);

        return Enumerable.Range(0, 3).All(tier =>
            guards[tier].Seen.SequenceEqual(inputs.Where(input => TierOf(input) >= tier))
            && guards[tier].Calls == (inputs.Any(input => TierOf(input) >= tier) ? 1 : 0));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1, LargeGuardFailure.TreatAsUnsafe)]
    [InlineData(1, LargeGuardFailure.UseSmallVerdict)]
    [InlineData(2, LargeGuardFailure.TreatAsUnsafe)]
    [InlineData(2, LargeGuardFailure.UseSmallVerdict)]
    public void CheckAsync_TierFails_ItsOwnModeDecidesWhatCameToIt(int failing, LargeGuardFailure mode) => Prop.ForAll(Batches, inputs =>
    {
        Guards guards = new(failing, mode);
        IReadOnlyList<Verdict> verdicts = guards.Check(inputs);

        return inputs.Zip(verdicts).All(pair =>
        {
            bool degraded = TierOf(pair.First) >= failing;
            int tier = degraded ? failing - 1 : TierOf(pair.First);
            double probability = Probability(pair.First, tier);
            bool held = degraded && mode == LargeGuardFailure.TreatAsUnsafe;
            return pair.Second.Degraded == degraded && pair.Second.Tier == tier && pair.Second.UnsafeProbability == probability
                && pair.Second.Unsafe == (held || probability >= 0.5);
        });
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void CheckAsync_TierThrows_OnlyWhenSomethingCameToIt(int failing) => Prop.ForAll(Batches, inputs =>
        inputs.Any(input => TierOf(input) >= failing)
            == Record.Exception(() => new Guards(failing, LargeGuardFailure.Throw).Check(inputs)) is PicketException)
        .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task CheckAsync_CallerCancelsMidEscalation_IsCancelled(int tier)
    {
        var asked = new TaskCompletionSource();
        using var caller = new CancellationTokenSource();
        CascadeTier[] tiers = [.. new Guards().Tiers];
        tiers[tier] = tiers[tier] with { Guard = FakeGuard.Deaf(asked) };
        await using var cascade = new GuardCascade(tiers);

        Task<IReadOnlyList<Verdict>> check = cascade.CheckAsync([new GuardInput("1,1,0")], caller.Token).AsTask();
        await asked.Task;
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => check);
    }

    [Fact]
    public void New_TiersThatDoNotFit_NamesEveryFault()
    {
        var router = new HardnessRouter(new NetworkHardness("mlp", [new RouterNetwork([new RouterLayer([1, 1, 1], [0])])]));
        CascadeTier[] tiers =
        [
            new(new FakeGuard("a", _ => 0), router) { Cap = new EscalationCap(2) },
            new(new FakeGuard("b", _ => 0)) { Timeout = TimeSpan.Zero },
            new(new FakeGuard("c", _ => 0), new AlwaysRouter()) { Failure = (LargeGuardFailure)7 },
        ];

        string message = Assert.Throws<PicketException>(() => new GuardCascade(tiers)).Message;

        foreach (string part in new[]
        {
            "tier 0: router mlp reads 3 features, guard a gives 0", "tier 0: Cap: Share is 2", "tier 1: Timeout is", "tier 2: router always", "Failure is 7",
        })
        {
            Assert.Contains(part, message, StringComparison.Ordinal);
        }

        Assert.Throws<PicketException>(() => new GuardCascade([]));
    }

    private static int TierOf(GuardInput input) => Part(input, 0) == 0 ? 0 : Part(input, 1) == 0 ? 1 : 2;

    private static double Probability(GuardInput input, int tier) => (Part(input, 2) + (tier * 10)) / 40.0;

    private static int Part(GuardInput input, int place) => int.Parse(input.Prompt.Split(',')[place], CultureInfo.InvariantCulture);

    /// <summary>Three guards, one of which may fail.</summary>
    private sealed class Guards
    {
        public Guards(int failing = -1, LargeGuardFailure mode = default) => Tiers =
        [
            .. Enumerable.Range(0, 3).Select(tier => new CascadeTier(
                new FakeGuard($"tier {tier}", (inputs, _) => tier == failing
                    ? throw new IOException("gone")
                    : new([.. inputs.Select(input => new GuardScore(Probability(input, tier), new float[] { Part(input, Math.Min(tier, 1)) }))])),
                tier < 2 ? new WishRouter() : null) { Failure = tier == failing ? mode : null }),
        ];

        public IReadOnlyList<CascadeTier> Tiers { get; }

        public FakeGuard this[int tier] => (FakeGuard)Tiers[tier].Guard;

        public IReadOnlyList<Verdict> Check(GuardInput[] inputs) =>
            new GuardCascade(Tiers).CheckAsync(inputs).AsTask().GetAwaiter().GetResult();
    }

    private sealed class WishRouter : IRouter
    {
        public string Name => "wish";

        public RouteDecision Decide(GuardScore small) => new(small.Features.Span[0] > 0, small.Features.Span[0]);
    }
}
