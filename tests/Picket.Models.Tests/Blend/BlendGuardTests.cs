using Picket.Models.Blend;

namespace Picket.Models.Tests.Blend;

public sealed class BlendGuardTests
{
    private static readonly GuardInput[] s_input = [new("good morning")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0.5, 0.5)]
    [InlineData(0.9, 0.2)]
    [InlineData(0.001, 0.7)]
    public async Task ScoreAsync_TwoMembers_GivesTheSigmoidOfTheWeighedLogits(double one, double two)
    {
        await using BlendGuard blend = Blend(0.25, (new StubGuard(new(one)), 0.8), (new StubGuard(new(two)), 1.5));

        double found = (await blend.ScoreAsync(s_input, Token))[0].UnsafeProbability;

        double sum = 0.25 + (0.8 * Math.Log(one / (1 - one))) + (1.5 * Math.Log(two / (1 - two)));
        Assert.Equal(1 / (1 + Math.Exp(-sum)), found, 1e-15);
    }

    [Theory]
    [InlineData(0, -30)]
    [InlineData(1, 30)]
    [InlineData(1e-300, -30)]
    public async Task ScoreAsync_MemberThatIsSure_CountsWithTheLastLogit(double sure, double logit)
    {
        await using BlendGuard blend = Blend(0, (new StubGuard(new(sure)), 0.1), (new StubGuard(new(0.5)), 1));

        Assert.Equal(1 / (1 + Math.Exp(-0.1 * logit)), (await blend.ScoreAsync(s_input, Token))[0].UnsafeProbability, 1e-15);
    }

    [Fact]
    public async Task ScoreAsync_MemberThatGivesNoNumber_Throws()
    {
        await using BlendGuard blend = Blend(0, (new StubGuard(new(0.5)), 1), (new StubGuard(new(double.NaN)), 1));

        var fault = await Assert.ThrowsAsync<PicketException>(async () => await blend.ScoreAsync(s_input, Token));

        Assert.Contains("guard both: expected probabilities", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ScoreAsync_FeaturesTokensAndWindows_StandSideBySideAndAreTheGreatest()
    {
        await using BlendGuard blend = Blend(
            0,
            (new StubGuard(new(0.5, new float[] { 1, 2 }, Tokens: 9, Windows: 1), width: 2), 1),
            (new StubGuard(new(0.5)), 1),
            (new StubGuard(new(0.5, new float[] { 3 }, Tokens: 4, Windows: 3), width: 1), 1));

        GuardScore score = Assert.Single(await blend.ScoreAsync(s_input, Token));

        Assert.Equal([1f, 2f, 3f], score.Features.ToArray());
        Assert.Equal((9, 3), (score.Tokens, score.Windows));
    }

    [Fact]
    public async Task Description_OfMembers_SumsTheWidthsAndTakesTheLeastWindow()
    {
        await using BlendGuard blend = Blend(
            0, (new StubGuard(new(0.5), 2), 1), (new StubGuard(new(0.5), 3, 512), 1), (new StubGuard(new(0.5), 4, 256), 1));

        Assert.Equal(new GuardDescription("both", "blend", 9, 256, 0.6), blend.Description);
    }

    [Fact]
    public async Task ScoreAsync_CancelledByTheFirstMember_DoesNotAskTheSecond()
    {
        using var cancellation = new CancellationTokenSource();
        var second = new StubGuard(new(0.5));
        await using BlendGuard blend = Blend(0, (new StubGuard(new(0.5)) { OnScore = cancellation.Cancel }, 1), (second, 1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await blend.ScoreAsync(s_input, cancellation.Token));

        Assert.Equal(0, second.Calls);
    }

    [Fact]
    public async Task ScoreAsync_NoInputs_GivesNoScores()
    {
        await using BlendGuard blend = Blend(0, (new StubGuard(new(0.5)), 1), (new StubGuard(new(0.5)), 1));

        Assert.Empty(await blend.ScoreAsync([], Token));
    }

    [Fact]
    public async Task DisposeAsync_Blend_DisposesOfItsMembers()
    {
        StubGuard[] members = [new(new(0.5)), new(new(0.5))];

        await Blend(0, [.. members.Select(static member => ((IGuard)member, 1.0))]).DisposeAsync();

        Assert.All(members, static member => Assert.True(member.Disposed));
    }

    [Fact]
    public void Create_OtherNumberOfMembersThanTheManifest_Throws() =>
        Assert.Throws<ArgumentException>(() => new BlendGuard([new StubGuard(new(0.5))], BlendFolder.Named));

    private static BlendGuard Blend(double offset, params (IGuard Guard, double Weight)[] members) => new(
        [.. members.Select(static member => member.Guard)],
        BlendFolder.Named with
        {
            Blend = new BlendSettings([.. members.Select(static (member, i) => new BlendMember($"{i}", "", member.Weight))], offset),
        });
}
