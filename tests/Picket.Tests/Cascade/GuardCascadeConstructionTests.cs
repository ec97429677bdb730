namespace Picket.Tests.Cascade;

public sealed class GuardCascadeConstructionTests
{
    [Fact]
    public void New_SeveralFaults_NamesThemTogether()
    {
        var options = new GuardCascadeOptions
        {
            Threshold = double.NaN,
            LargeGuardFailure = (LargeGuardFailure)9,
            LargeGuardTimeout = TimeSpan.Zero,
            TimeProvider = null!,
        };

        PicketException fault = Assert.Throws<PicketException>(() => new GuardCascade(Guard("small"), router: new AlwaysRouter(), options: options));

        foreach (string name in new[] { "Threshold is NaN", "LargeGuardFailure is 9", "LargeGuardTimeout is 0", "TimeProvider", "router always" })
        {
            Assert.Contains(name, fault.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    public async Task New_ThresholdAtTheEdge_IsTaken(double threshold)
    {
        var options = new GuardCascadeOptions { Threshold = threshold, LargeGuardTimeout = null };
        await using var cascade = new GuardCascade(Guard("small"), options: options);

        Assert.Equal(threshold == 0, (await cascade.CheckAsync([new("a")], TestContext.Current.CancellationToken))[0].Unsafe);
    }

    [Fact]
    public async Task CheckAsync_OptionsChangedAfterwards_KeepsTheOldOnes()
    {
        var options = new GuardCascadeOptions { Threshold = 0 };
        await using var cascade = new GuardCascade(Guard("small"), options: options);
        options.Threshold = 1;

        Assert.True((await cascade.CheckAsync([new("a")], TestContext.Current.CancellationToken))[0].Unsafe);
    }

    [Fact]
    public async Task DisposeAsync_SmallGuardThrows_DisposesTheLargeOneToo()
    {
        var small = new FakeGuard("small", _ => 0) { DisposeFault = new IOException("busy") };
        FakeGuard large = Guard("large");

        await Assert.ThrowsAsync<IOException>(async () => await new GuardCascade(small, large).DisposeAsync());

        Assert.Equal((1, 1), (small.Disposals, large.Disposals));
    }

    private static FakeGuard Guard(string name) => new(name, _ => 0.25);
}
