using System.Text.Json;
using Picket.Testing;

namespace Picket.Compute.Tests.Attention;

public sealed class LogBucketsTests
{
    [Fact]
    public void Bucket_EveryReferencePosition_EqualsReference()
    {
        string path = SharedFolder.Require("refs/deberta/log_buckets.json");
        using JsonDocument reference = JsonDocument.Parse(File.ReadAllBytes(path));
        int[] expected = [.. reference.RootElement.GetProperty("bucket").EnumerateArray().Select(static value => value.GetInt32())];
        var buckets = new LogBuckets(256, 512);

        Assert.Equal(expected, Enumerable.Range(reference.RootElement.GetProperty("from").GetInt32(), expected.Length).Select(buckets.Bucket));
    }

    [Theory]
    [InlineData(256, 512)]
    [InlineData(16, 64)]
    [InlineData(4, 16)]
    public void Row_NextPosition_IsTheSameOrTheNextRow(int count, int positions)
    {
        var buckets = new LogBuckets(count, positions);

        Assert.All(Enumerable.Range(-1500, 3000), relative => Assert.InRange(buckets.Row(relative + 1) - buckets.Row(relative), 0, 1));
        Assert.Equal(0, buckets.Row(-1500));
        Assert.Equal((2 * count) - 1, buckets.Row(1500));
    }

    [Theory]
    [InlineData(1, 512)]
    [InlineData(256, 300)]
    [InlineData(256, 0)]
    [InlineData(40000, 512)]
    public void Construction_CountsThatCannotBe_IsRefused(int count, int positions) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LogBuckets(count, positions));
}
