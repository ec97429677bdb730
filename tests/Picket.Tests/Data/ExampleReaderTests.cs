using System.Text;
using Picket.Data;

namespace Picket.Tests.Data;

public sealed class ExampleReaderTests
{
    private const string TwoRows = "{\"id\":\"a\",\"prompt\":\"one\"}\n{\"id\":\"b\",\"prompt\":\"zwei ü 😀\"}\n";

    public static TheoryData<string, byte[]> Encodings => new()
    {
        { "plain", Encoding.UTF8.GetBytes(TwoRows) },
        { "UTF-8 with mark", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(TwoRows)] },
        { "UTF-16 LE", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(TwoRows)] },
        { "UTF-16 BE", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(TwoRows)] },
        { "gzip", Rows.Gzip(TwoRows) },
        { "gzip in two members", [.. Rows.Gzip(TwoRows[..30]), .. Rows.Gzip(TwoRows[30..])] },
        { "CRLF", Encoding.UTF8.GetBytes(TwoRows.Replace("\n", "\r\n")) },
        { "CR", Encoding.UTF8.GetBytes(TwoRows.Replace("\n", "\r")) },
        { "blank lines", Encoding.UTF8.GetBytes("\n \n" + TwoRows.Replace("\n", "\n\n\t\n")) },
        { "no last line end", Encoding.UTF8.GetBytes(TwoRows.TrimEnd()) },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task ReadAsync_AnyEncoding_ReadsTheSame(string name, byte[] bytes)
    {
        _ = name;
        List<Example> rows = await Rows.ReadAsync(bytes);

        Assert.Equal([("a", "one"), ("b", "zwei ü 😀")], rows.Select(row => (row.Id, row.Prompt)));
    }

    [Fact]
    public async Task ReadAsync_BadLine_NumberCountsEveryLine()
    {
        DataFormatException fault = await Rows.FaultAsync("{\"prompt\":\"a\"}\r\n\r\n\r{\"prompt\":1}\n");

        Assert.Equal("test, line 4, field \"prompt\": expected a string, found a number", fault.Message);
    }

    [Fact]
    public async Task ReadAsync_OnBadRow_GoesOnWithTheNext()
    {
        var faults = new List<long?>();
        List<Example> rows = await Rows.ReadAsync(
            "{\"prompt\":\"a\"}\n{\n{\"prompt\":2}\n{\"prompt\":\"d\"}\n", onBadRow: fault => faults.Add(fault.Line));

        Assert.Equal(["a", "d"], rows.Select(row => row.Prompt));
        Assert.Equal([2, 3], faults);
    }

    [Fact]
    public async Task ReadAsync_InvalidUtf8_NamesTheLine()
    {
        DataFormatException fault = await Rows.FaultAsync([.. "{\"prompt\":\"a\"}\n{\"prompt\":\""u8, 0xFF, .. "\"}\n"u8]);

        Assert.Equal("test, line 2: is not valid text, expected UTF-8 (or UTF-16 with a byte order mark)", fault.Message);
    }

    [Fact]
    public async Task ReadAsync_Utf16WithLoneSurrogate_NamesTheLine()
    {
        DataFormatException fault = await Rows.FaultAsync(
            [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("{\"prompt\":\"a\"}\n{\"prompt\":\""), 0x00, 0xD8, .. Encoding.Unicode.GetBytes("\"}\n")]);

        Assert.Equal(2, fault.Line);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(300_000)]
    public async Task ReadAsync_LongLines_AreWhole(int length)
    {
        string json = string.Concat(Enumerable.Range(0, 5).Select(i => $"{{\"prompt\":\"{new string((char)('a' + i), length)}\"}}\r\n"));
        List<Example> rows = await Rows.ReadAsync(json);

        Assert.Equal([length, length, length, length, length], rows.Select(row => row.Prompt.Length));
        Assert.Equal("abcde", string.Concat(rows.Select(row => row.Prompt[^1])));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\n")]
    public async Task ReadAsync_EmptyFile_NeedsAFormat(string text)
    {
        Assert.Equal("test: is empty; name its format if that is no fault", (await Rows.FaultAsync(text)).Message);

        foreach (ExampleFormat format in ExampleReader.Formats)
        {
            Assert.Empty(await Rows.ReadAsync(text, format.Name));
        }
    }

    [Fact]
    public async Task ReadAsync_UnknownJson_ListsWhatWasLookedFor()
    {
        DataFormatException fault = await Rows.FaultAsync("{\"body\":\"secret\",\"secret words\":1}\n");

        Assert.StartsWith(
            "test, line 1: is of no known format; found the fields body, (not a plain name); looked for picket (one of prompt/", fault.Message);
        Assert.DoesNotContain("secret", fault.Message);
    }

    [Fact]
    public void ReadAsync_UnknownFormat_SuggestsTheNearOne()
    {
        var fault = Assert.Throws<PicketException>(() => ExampleReader.ReadAsync("any", "xtest", TestContext.Current.CancellationToken));

        Assert.StartsWith("data format \"xtest\" is not known (did you mean \"xstest\"?); known are picket, openai-moderation, ", fault.Message);
    }

    [Fact]
    public async Task ReadAsync_MissingFile_SaysSo()
    {
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        (_, DataFormatException fault) = await Rows.ReadUntilFaultAsync(
            ExampleReader.ReadAsync(path, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal($"{path}: there is no such file", fault.Message);
    }

    [Fact]
    public async Task ReadAsync_Folder_SaysSo()
    {
        (_, DataFormatException fault) = await Rows.ReadUntilFaultAsync(
            ExampleReader.ReadAsync(Path.GetTempPath(), cancellationToken: TestContext.Current.CancellationToken));

        Assert.EndsWith(": is a folder, expected a file", fault.Message);
    }

    [Fact]
    public async Task ReadAsync_NamedGzipButIsNot_SaysSo()
    {
        (_, DataFormatException fault) = await Rows.ReadUntilFaultAsync("{\"prompt\":\"a\"}"u8.ToArray(), "a.jsonl.gz");

        Assert.Equal("a.jsonl.gz: expected gzip data because of the name, found something else", fault.Message);
    }
}
