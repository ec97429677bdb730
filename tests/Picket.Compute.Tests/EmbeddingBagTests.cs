namespace Picket.Compute.Tests;

public sealed class EmbeddingBagTests
{
    private const int Rows = 37;

    internal delegate void Path(ReadOnlySpan<sbyte> table, ReadOnlySpan<int> rows, Span<int> sums);

    [Fact]
    public void Sum_EveryWidth_EqualsPlainLoop() => AssertSums(EmbeddingBag.Sum, step: 8);

    [Fact]
    public void Sum512_EveryWidth_EqualsPlainLoop() => AssertSums(EmbeddingBag.Sum512, step: 16);

    [Fact]
    public void Sum256_EveryWidth_EqualsPlainLoop() => AssertSums(EmbeddingBag.Sum256, step: 8);

    [Fact]
    public void Sum128_EveryWidth_EqualsPlainLoop() => AssertSums(EmbeddingBag.Sum128, step: 8);

    [Fact]
    public void Sum_SameRowManyTimes_CountsEachTime()
    {
        sbyte[] table = Table(width: 16, seed: 2);
        int[] sums = new int[16];

        EmbeddingBag.Sum(table, Enumerable.Repeat(5, 1000).ToArray(), sums);

        Assert.Equal(table[80..96].Select(static value => value * 1000), sums);
    }

    [Fact]
    public void Sum_ExtremeValues_DoesNotWrap()
    {
        int[] sums = new int[8];

        EmbeddingBag.Sum([-128, -128, -128, -128, 127, 127, 127, 127], new int[100_000], sums);

        Assert.Equal([-12_800_000, -12_800_000, -12_800_000, -12_800_000, 12_700_000, 12_700_000, 12_700_000, 12_700_000], sums);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(12)]
    [InlineData(20)]
    public void Sum_WidthNotMultipleOfEight_IsRefused(int width)
    {
        var fault = Assert.Throws<ArgumentException>(() => EmbeddingBag.Sum(new sbyte[256], [0], new int[width]));

        Assert.Contains($"found {width}", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Rows)]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void Sum_RowOutsideTable_IsRefusedOnEveryPath(int row)
    {
        foreach (Path path in (Path[])[EmbeddingBag.Sum, EmbeddingBag.Sum512, EmbeddingBag.Sum256, EmbeddingBag.Sum128])
        {
            var fault = Assert.Throws<ArgumentException>(() => path(Table(width: 16, seed: 1), [0, row, 1], new int[16]));
            Assert.Contains($"expected rows from 0 to {Rows - 1}, found {row}", fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Sum_EmptyTable_RefusesEveryRow()
    {
        Assert.Throws<ArgumentException>(() => EmbeddingBag.Sum([], [0], new int[8]));
    }

    private static void AssertSums(Path path, int step)
    {
        for (int width = step; width <= 64; width += step)
        {
            sbyte[] table = Table(width, seed: width);
            foreach (int count in (int[])[0, 1, 2, 3, 4, 5, 7, 8, 9, 100])
            {
                var random = new Random(count);
                int[] rows = [.. Enumerable.Range(0, count).Select(_ => random.Next(Rows))];
                int[] sums = [.. Enumerable.Repeat(-7, width)];
                path(table, rows, sums);
                Assert.Equal(Enumerable.Range(0, width).Select(column => rows.Sum(row => table[(row * width) + column])), sums);
            }
        }
    }

    private static sbyte[] Table(int width, int seed)
    {
        sbyte[] table = new sbyte[Rows * width];
        new Random(seed).NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(table.AsSpan()));
        return table;
    }
}
