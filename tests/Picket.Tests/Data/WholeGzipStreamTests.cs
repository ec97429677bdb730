using Picket.Data;
using Picket.Data.Text;

namespace Picket.Tests.Data;

public sealed class WholeGzipStreamTests
{
    private static readonly string Text = string.Concat(Enumerable.Range(0, 400).Select(i => $"{{\"prompt\":\"{i * 7919}\"}}\n"));

    [Fact]
    public async Task ReadAsync_TruncatedAnywhere_Throws()
    {
        byte[] whole = Rows.Gzip(Text);
        for (int length = 2; length < whole.Length; length++)
        {
            using var gzip = new WholeGzipStream(new MemoryStream(whole, 0, length));
            using var plain = new MemoryStream();
            await Assert.ThrowsAsync<InvalidDataException>(() => gzip.CopyToAsync(plain, TestContext.Current.CancellationToken));

            Assert.StartsWith(System.Text.Encoding.UTF8.GetString(plain.ToArray()), Text);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(27)]
    [InlineData(28)]
    [InlineData(29)]
    [InlineData(100_000)]
    public async Task ReadAsync_AnyBufferSize_GivesTheText(int size)
    {
        using var gzip = new WholeGzipStream(new MemoryStream(Rows.Gzip(Text)));
        using var plain = new MemoryStream();
        byte[] buffer = new byte[size];
        for (int count; (count = await gzip.ReadAsync(buffer, TestContext.Current.CancellationToken)) > 0;)
        {
            plain.Write(buffer, 0, count);
        }

        Assert.Equal(Text, System.Text.Encoding.UTF8.GetString(plain.ToArray()));
    }

    [Fact]
    public async Task Reader_TruncatedGzip_GivesTheWholeRowsAndNamesTheLine()
    {
        byte[] whole = Rows.Gzip(Text);
        (List<Example> rows, DataFormatException fault) = await Rows.ReadUntilFaultAsync(whole[..^1], "rows.jsonl.gz");

        Assert.Equal($"rows.jsonl.gz, line {rows.Count + 1}: the gzip data are truncated or damaged", fault.Message);
        Assert.Equal(400, rows.Count);
    }

    [Fact]
    public async Task Reader_TruncatedGzippedCsv_GivesTheWholeRowsAndNamesTheLine()
    {
        byte[] whole = Rows.Gzip("goal,target\n" + string.Concat(Enumerable.Range(0, 9000).Select(i => $"{i * 7919},{i * 104729}\n")));
        (List<Example> rows, DataFormatException fault) = await Rows.ReadUntilFaultAsync(whole[..(whole.Length / 2)], "rows");

        Assert.Equal($"rows, line {rows.Count + 2}: the gzip data are truncated or damaged", fault.Message);
        Assert.InRange(rows.Count, 4000, 5000);
    }

    [Fact]
    public async Task Reader_DamagedGzip_Throws()
    {
        byte[] bytes = Rows.Gzip(Text);
        bytes[bytes.Length / 2] ^= 0x10;

        Assert.EndsWith("truncated or damaged", (await Rows.FaultAsync(bytes)).Message);
    }
}
