using Picket.Training.Pretraining;

namespace Picket.Training.Tests.Pretraining;

public sealed class TokenRowsTests
{
    [Theory]
    [InlineData(false, 65_535)]
    [InlineData(true, 250_000)]
    public void Restore_Rows_GivesThemBack(bool wide, int largest)
    {
        var rows = new TokenRows(wide, cls: 1, sep: 2);
        rows.Add([5, largest, 7], text: 1);
        rows.Add([.. Enumerable.Range(0, 60_000)], text: 9);

        var restored = new TokenRows(wide, cls: 1, sep: 2);
        byte[][] bytes = rows.ToBytes();
        restored.Restore(bytes[0], bytes[1], bytes[2]);

        Assert.Equal([1, 5, largest, 7, 2], restored[0]);
        Assert.Equal([1, .. Enumerable.Range(0, 60_000), 2], restored[1]);
        Assert.Equal((2, 60_003, 9), (restored.Count, restored.Tokens, restored.Text(1)));
        Assert.Equal(rows, restored);
    }
}
