using Picket.Data;
using Picket.Training.Augmentation;

namespace Picket.Training.Tests.Augmentation;

public sealed class SwapStrategyTests
{
    private static readonly Example[] s_rows =
    [
        .. Enumerable.Range(0, 40).Select(static i => new Example { Id = $"p{i}", Prompt = $"prompt {i}", Unsafe = i % 2 == 1 }),
        .. Enumerable.Range(0, 40).Select(static i => new Example
        {
            Id = $"r{i}",
            Prompt = $"question {i}",
            Response = $"answer {i}",
            Unsafe = i % 2 == 1,
        }),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RowsAsync_Response_KeepsItsLabelBehindAnotherPrompt()
    {
        var seeds = s_rows.ToDictionary(static row => row.Id);

        Example[] rows = await RowsAsync(64, seed: 1);

        Assert.All(rows, row => Assert.Equal((seeds[row.ParentId!].Unsafe, seeds[row.ParentId!].Response), (row.Unsafe, row.Response)));
        Assert.All(rows, static row => Assert.StartsWith("prompt ", row.Prompt));
        Assert.Equal(rows.Length, rows.Select(static row => row.Id).Distinct().Count());
    }

    [Fact]
    public async Task RowsAsync_PromptsLabel_SaysNothingOfTheRows()
    {
        var labels = s_rows.ToDictionary(static row => row.Prompt, static row => row.Unsafe);

        Example[] rows = await RowsAsync(64, seed: 1);

        Assert.Equal(
            [16, 16, 16, 16], rows.CountBy(row => (labels[row.Prompt], row.Unsafe)).Select(static count => count.Value));
    }

    [Fact]
    public async Task RowsAsync_ResponseThatATrainingMayHoldOut_IsLeftOut()
    {
        var held = s_rows.Where(static row => HeldOut.Has(row.Prompt, SwapStrategy.HeldOutShare)).Select(static row => row.Response).ToHashSet();
        Assert.Contains(held, static response => response is not null);

        Example[] rows = await RowsAsync(400, seed: 1);

        Assert.DoesNotContain(rows, row => held.Contains(row.Response));
    }

    [Fact]
    public async Task RowsAsync_Seed_DecidesThePairs()
    {
        Example[][] runs = [await RowsAsync(16, seed: 1), await RowsAsync(16, seed: 1), await RowsAsync(16, seed: 2)];

        Assert.Equal(runs[0], runs[1]);
        Assert.NotEqual(runs[0], runs[2]);
    }

    [Fact]
    public void Constructor_SeedsWithoutUnsafeResponses_SaysWhatIsMissing()
    {
        var fault = Assert.Throws<PicketException>(() =>
            new SwapStrategy(new SeedRows("", [.. s_rows.Where(static row => row.Response is null || row.Unsafe == false)], 0, 0), 1, 1));

        Assert.Equal("seed rows: expected unsafe responses, found none", fault.Message);
    }

    private static async Task<Example[]> RowsAsync(int count, long seed)
    {
        var strategy = new SwapStrategy(new SeedRows("", s_rows, 0, 0), count, seed);
        var rows = new List<Example>();
        for (int i = 0; i < count; i++)
        {
            rows.AddRange((await strategy.RowsAsync(await strategy.DraftAsync(i, Token), Token)).Select(static made => made.Row));
        }

        return [.. rows];
    }
}
