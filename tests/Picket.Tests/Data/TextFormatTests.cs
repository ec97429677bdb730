using Picket.Data;

namespace Picket.Tests.Data;

public sealed class TextFormatTests
{
    [Fact]
    public async Task ReadAsync_JsonTexts_ArePromptsWithTheirIdAndSource()
    {
        List<Example> rows = await Rows.ReadAsync("{\"id\":\"a-1\",\"source\":\"a\",\"text\":\"one\"}\n{\"text\":\"two\"}\n");

        Assert.Equal(["a-1 a one", "unlabelled-texts:2 unlabelled-texts two"], rows.Select(static row => $"{row.Id} {row.Source} {row.Prompt}"));
        Assert.All(rows, static row => Assert.Null(row.Unsafe));
    }

    [Fact]
    public async Task ReadAsync_TextBesideAPrompt_IsPicketsOwnFormat() =>
        Assert.Equal("p", Assert.Single(await Rows.ReadAsync("{\"text\":\"t\",\"prompt\":\"p\"}\n")).Prompt);

    [Fact]
    public async Task ReadAsync_TextLines_AreRowsWithoutTheBlankOnes()
    {
        List<Example> rows = await Rows.ReadAsync("{not json\n\n  a, b\r\n", "text-lines");

        Assert.Equal(["test:1 {not json", "test:3   a, b"], rows.Select(static row => $"{row.Id} {row.Prompt}"));
    }

    [Fact]
    public async Task ReadAsync_TextLineThatIsNoUtf8_IsNamed()
    {
        DataFormatException fault = await Rows.FaultAsync([(byte)'a', (byte)'\n', 0xC3, (byte)'\n'], "text-lines");

        Assert.Equal(2, fault.Line);
    }
}
