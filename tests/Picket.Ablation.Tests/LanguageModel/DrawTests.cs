namespace Picket.Ablation.Tests;

public sealed class DrawTests
{
    private static readonly double[] s_shares = [0.1, 0.6, 0.3];

    [Fact]
    public void From_TemperatureZero_TakesTheLikeliest() => Assert.Equal(1, Draw.From([.. s_shares], 0, 1, new Random(1)));

    [Fact]
    public void From_TemperatureOne_FollowsTheShares() =>
        Assert.All(Shares(1, 1).Zip(s_shares), static pair => Assert.Equal(pair.Second, pair.First, 0.02));

    [Fact]
    public void From_TemperatureOneHalf_SquaresTheShares() =>
        Assert.All(Shares(0.5, 1).Zip(s_shares), static pair => Assert.Equal(pair.Second * pair.Second / 0.46, pair.First, 0.02));

    [Fact]
    public void From_Nucleus_LeavesOutTheUnlikeliest()
    {
        double[] found = Shares(1, 0.8);

        Assert.Equal(0, found[0]);
        Assert.Equal(2.0 / 3, found[1], 0.02);
    }

    private static double[] Shares(double temperature, double topP)
    {
        var random = new Random(7);
        int[] drawn = [.. Enumerable.Range(0, 10_000).Select(_ => Draw.From([.. s_shares], temperature, topP, random))];
        return [.. s_shares.Select((_, place) => drawn.Count(one => one == place) / 10_000.0)];
    }
}
