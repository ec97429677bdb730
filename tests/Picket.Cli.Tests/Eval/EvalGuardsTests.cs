namespace Picket.Cli.Tests;

public sealed class EvalGuardsTests
{
    [Fact]
    public void DistinctNames_NamesDiffer_KeepsThem()
    {
        Assert.Equal(["a", "b"], EvalGuards.DistinctNames([("a", "x"), ("b", "x")]));
    }

    [Fact]
    public void DistinctNames_SharedNameAndFolder_AreNumbered()
    {
        Assert.Equal(["a (x) 1", "a (x) 2", "a (z)"], EvalGuards.DistinctNames([("a", "x"), ("a", "y/x"), ("a", "z")]));
    }
}
