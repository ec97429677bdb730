using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Picket.Tests.Cascade;

/// <summary>Inputs carry their own answers: "small,large,escalate", so each verdict can be told from its input alone.</summary>
public sealed class GuardCascadePropertyTests
{
    private static readonly Gen<GuardInput> Input =
        from small in Gen.Choose(0, 100)
        from large in Gen.Choose(0, 100)
        from escalate in Gen.Choose(0, 1)
        select new GuardInput($"{small},{large},{escalate}");

    private static readonly Arbitrary<GuardInput[]> Batches = Input.ArrayOf().ToArbitrary();

    [Fact]
    public void CheckAsync_RandomRoutes_VerdictsStandInInputOrder() => Prop.ForAll(Batches, inputs =>
    {
        IReadOnlyList<Verdict> verdicts = Check(inputs, Large());

        return verdicts.Count == inputs.Length && inputs.Zip(verdicts).All(pair =>
        {
            (int small, int large, bool escalate) = Parts(pair.First);
            return pair.Second.UnsafeProbability == (escalate ? large : small) / 100.0 && pair.Second.Route.Escalate == escalate;
        });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void CheckAsync_EachInputAlone_GivesTheVerdictItHadInTheBatch() => Prop.ForAll(Batches, inputs =>
    {
        IReadOnlyList<Verdict> together = Check(inputs, Large());

        return inputs.Zip(together).All(pair => Check([pair.First], Large())[0] == pair.Second);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void CheckAsync_LargeGuardFails_DegradesTheEscalatedOnly() => Prop.ForAll(Batches, inputs =>
    {
        IReadOnlyList<Verdict> verdicts = Check(inputs, new FakeGuard("large", (_, _) => throw new IOException("gone")));

        return inputs.Zip(verdicts).All(pair =>
        {
            (int small, _, bool escalate) = Parts(pair.First);
            return pair.Second == new Verdict(escalate || small >= 50, small / 100.0, "small", pair.Second.Route, Degraded: escalate);
        });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void CheckAsync_CancelledByTheLargeGuardsCaller_NeverGivesAVerdict() => Prop.ForAll(Batches, inputs =>
    {
        using var caller = new CancellationTokenSource();
        var large = new FakeGuard("large", (_, token) =>
        {
            caller.Cancel();
            return ValueTask.FromCanceled<IReadOnlyList<GuardScore>>(token);
        });
        bool escalates = inputs.Any(input => Parts(input).Escalate);

        return escalates == (Record.Exception(() => Check(inputs, large, caller.Token)) is OperationCanceledException);
    }).QuickCheckThrowOnFailure();

    private static IReadOnlyList<Verdict> Check(GuardInput[] inputs, FakeGuard large, CancellationToken cancellationToken = default)
    {
        // The router sees the score alone, so the wish travels as a feature.
        var small = new FakeGuard("small", (batch, _) => new([.. batch.Select(input =>
            new GuardScore(Parts(input).Small / 100.0, new[] { Parts(input).Escalate ? 1f : 0f }))]));
        var cascade = new GuardCascade(small, large, new FeatureRouter());
        return cascade.CheckAsync(inputs, cancellationToken).AsTask().GetAwaiter().GetResult();
    }

    private static FakeGuard Large() => new("large", input => Parts(input).Large / 100.0);

    private static (int Small, int Large, bool Escalate) Parts(GuardInput input)
    {
        int[] parts = [.. input.Prompt.Split(',').Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
        return (parts[0], parts[1], parts[2] == 1);
    }

    private sealed class FeatureRouter : IRouter
    {
        public string Name => "feature";

        public RouteDecision Decide(GuardScore small) => new(small.Features.Span[0] > 0, small.Features.Span[0]);
    }
}
