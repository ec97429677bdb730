namespace Picket.Server.Tests;

public sealed class RateLimitTests
{
    [Fact]
    public void Take_BeyondAMinutesRequests_SaysHowLongUntilTheNext()
    {
        var clock = new ManualClock();
        var limit = new RateLimit(2, clock);

        Assert.Null(limit.Take());
        Assert.Null(limit.Take());
        Assert.Equal(TimeSpan.FromSeconds(30), limit.Take());
        clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Null(limit.Take());
        Assert.NotNull(limit.Take());
    }
}
