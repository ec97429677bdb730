using System.Text;
using Picket.Data;

namespace Picket.Tests.Data;

public sealed class CsvTests
{
    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task ReadAsync_QuotedFields_AreUnquoted(string lineEnd)
    {
        string text = $"goal,target{lineEnd}\"a \"\"b\"\", c\",x{lineEnd}{lineEnd}\"d{lineEnd}e\",y{lineEnd}";
        List<Example> rows = await Rows.ReadAsync(text);

        Assert.Equal(["a \"b\", c", $"d{lineEnd}e"], rows.Select(row => row.Prompt));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task ReadAsync_BadRowBehindLongRows_NumberCountsEveryLine(string lineEnd)
    {
        string text = string.Join(lineEnd, "goal,target", "\"a", "b\",x", "", ",y", "d,z");
        DataFormatException fault = await Rows.FaultAsync(text);

        Assert.Equal("test, line 5, field \"goal\": is missing or empty", fault.Message);
    }

    [Theory]
    [InlineData("a,x\nb,\"open\nc,y\n", "a", 3, "a quoted field is not closed before the end of the file")]
    [InlineData("a,x\nb\nc,y\n", "ac", 3, "has more or fewer fields than the header")]
    [InlineData("a,x\nb,y,z\nc,y\n", "ac", 3, "has more or fewer fields than the header")]
    [InlineData("a,x\nb,y\"z\nc,y\n", "ac", 3, "a quote stands inside a field that is not quoted")]
    [InlineData("a,x\nb,\"y\"z\nc,y\n", "ac", 3, "text follows a closing quote, expected a comma or the end of the line")]
    [InlineData("a,x\n", "a", null, null)]
    public async Task ReadAsync_MalformedRow_IsReportedAndTheRestRead(string rows, string prompts, int? line, string? problem)
    {
        DataFormatException? fault = null;
        List<Example> read = await Rows.ReadAsync("goal,target\n" + rows, onBadRow: bad => fault = bad);

        Assert.Equal(prompts, string.Concat(read.Select(row => row.Prompt)));
        Assert.Equal(problem is null ? null : $"test, line {line}: {problem}", fault?.Message);
    }

    [Fact]
    public async Task ReadAsync_MalformedRow_Throws() =>
        Assert.Equal(3, (await Rows.FaultAsync("goal,target\na,x\nb\nc,y\n")).Line);

    [Fact]
    public async Task ReadAsync_InvalidUtf8_NamesTheLineAndGoesOn()
    {
        byte[] bytes = [.. "goal,target\na,x\n\"b\n"u8, 0xE4, .. "\",y\nc,z\n"u8];
        var lines = new List<long?>();
        List<Example> rows = await Rows.ReadAsync(bytes, null, fault => lines.Add(fault.Line));

        Assert.Equal(["a", "c"], rows.Select(row => row.Prompt));
        Assert.Equal([4], lines);
    }

    [Fact]
    public async Task ReadAsync_ForcedFormatWithoutItsColumn_NamesTheColumns()
    {
        DataFormatException fault = await Rows.FaultAsync("goal,aim of mine\na,x\n", "advbench");

        Assert.Equal(
            "test, line 1, field \"target\": the column is missing: advbench has the columns goal, target; found goal, (not a plain name)",
            fault.Message);
    }

    [Fact]
    public async Task ReadAsync_UnknownColumns_ListsWhatWasLookedFor()
    {
        DataFormatException fault = await Rows.FaultAsync("question,answer\na,x\n");

        Assert.StartsWith("test, line 1: is of no known format; found the columns question, answer; looked for toxicchat (conv_id, ", fault.Message);
    }

    [Fact]
    public async Task ReadAsync_Utf16_IsRead()
    {
        List<Example> rows = await Rows.ReadAsync([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("goal,target\r\n\"ü, 😀\",x\r\n")]);

        Assert.Equal("ü, 😀", Assert.Single(rows).Prompt);
    }

    [Theory]
    [InlineData("\"goal,target\na,x\n", "a quoted field is not closed before the end of the file")]
    [InlineData("\"goal\"x,target\na,x\n", "text follows a closing quote, expected a comma or the end of the line")]
    public async Task ReadAsync_MalformedHeader_Throws(string text, string problem)
    {
        Assert.Equal($"test, line 1: {problem}", (await Rows.FaultAsync(text, "advbench")).Message);
        Assert.Contains("found the columns none;", (await Rows.FaultAsync(text)).Message);
    }

    [Fact]
    public async Task ReadAsync_HeaderOnly_HasNoRows() => Assert.Empty(await Rows.ReadAsync("goal,target\n"));
}
