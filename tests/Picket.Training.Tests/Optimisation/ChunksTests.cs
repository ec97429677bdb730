using Picket.Training.Optimisation;

namespace Picket.Training.Tests.Optimisation;

public sealed class ChunksTests
{
    [Fact]
    public void Cut_ManyRows_SortsByLengthAndKeepsBothLimits()
    {
        int[] lengths = [3, 9, 1, 12, 4, 4, 2, 30, 5];

        int[][] chunks = [.. Chunks.Cut(lengths, static length => length, mostRows: 3, mostTokens: 20)];

        Assert.Equal([[30], [12], [9, 5, 4], [4, 3, 2], [1]], chunks);
    }

    [Fact]
    public void Cut_NoRows_HasNoChunk() => Assert.Empty(Chunks.Cut(Array.Empty<int>(), static length => length, 3, 20));
}
