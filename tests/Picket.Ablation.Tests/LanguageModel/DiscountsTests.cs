namespace Picket.Ablation.Tests;

public sealed class DiscountsTests
{
    [Fact]
    public void Of_CountsOfAllKinds_FollowsTheFormulas()
    {
        // n1 = 4, n2 = 2, n3 = 1, n4 = 1: Y = 4/8; 1 - 2 Y 2/4, 2 - 3 Y 1/2, 3 - 4 Y 1/1.
        var found = Discounts.Of([1, 1, 1, 1, 2, 2, 3, 4, 9]);

        Assert.Equal(new Discounts(0.5, 1.25, 1), found);
    }

    [Theory]
    [InlineData(new[] { 1, 1, 1, 1, 2, 2, 3 }, 0.5)]
    [InlineData(new[] { 1, 1, 2 }, 0.5)]
    [InlineData(new[] { 1, 2, 2, 2, 2 }, 1.0 / 9)]
    [InlineData(new[] { 7, 7 }, 0.5)]
    [InlineData(new[] { 1, 1, 1, 1, 2, 2, 3, 3, 3, 4 }, 0.5)]
    public void Of_TooFewKinds_TakesOneDiscountForAll(int[] counts, double expected)
    {
        var found = Discounts.Of(counts);

        Assert.Equal(new Discounts(expected, expected, expected), found);
    }

    [Fact]
    public void Of_Count_GivesWhatIsTakenFromIt()
    {
        var discounts = new Discounts(0.5, 0.7, 0.9);

        Assert.Equal([0, 0.5, 0.7, 0.9, 0.9], new[] { 0, 1, 2, 3, 50 }.Select(discounts.Of));
    }
}
