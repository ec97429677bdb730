using Picket.Data;
using Picket.Testing;

namespace Picket.Ablation.Tests;

public sealed class RowShareTests
{
    private static readonly Example[] s_rows =
        [.. Enumerable.Range(0, 100).Select(static i => new Example { Id = $"row-{i}", Prompt = $"Water plant {i}.", Unsafe = i % 3 == 0 })];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Of_OtherOrderAndFewerRows_ChoosesTheSameOnes()
    {
        IReadOnlyList<Example> found = RowShare.Of(s_rows, 20);

        Assert.Equal(20, found.Count);
        Assert.Equal(found.Select(static row => row.Id), found.OrderBy(row => Array.IndexOf(s_rows, row)).Select(static row => row.Id));
        Assert.Equal(found.ToHashSet(), RowShare.Of([.. s_rows.Reverse()], 20).ToHashSet());
        Assert.Superset(RowShare.Of(s_rows, 10).ToHashSet(), found.ToHashSet());
    }

    [Fact]
    public async Task CleanAsync_RowsThatRepeatOnesOfTheEvaluation_AreLeftOut()
    {
        using var folder = new ScratchFolder();
        Example test = new() { Id = "test", Prompt = "Please water the seventh plant on the left.", Unsafe = false };
        Example[] rows =
        [
            .. s_rows,
            test with { Id = "same" },
            s_rows[0] with { Id = "unlabelled", Unsafe = null },
            s_rows[0] with { Id = "other", Split = "test" },
        ];
        await RowShare.WriteAsync(folder["rows.jsonl"], rows, Token);
        await RowShare.WriteAsync(folder["test.jsonl"], [test], Token);

        IReadOnlyList<Example> found = await RowShare.CleanAsync(folder["rows.jsonl"], 1000, [folder["test.jsonl"]], Token);

        Assert.Equal(s_rows.Select(static row => row.Id), found.Select(static row => row.Id));
    }
}
