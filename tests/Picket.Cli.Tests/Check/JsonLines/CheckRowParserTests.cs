using System.Text;

namespace Picket.Cli.Tests.Check.JsonLines;

public sealed class CheckRowParserTests
{
    [Theory]
    [InlineData("{\"prompt\":\"secret", "rows, line 3: expected an object, found broken JSON at byte")]
    [InlineData("{\"prompt\":\"secret\"} trailing", "rows, line 3: expected an object, found broken JSON at byte 20")]
    [InlineData("\"secret\"", "rows, line 3: expected an object, found text")]
    [InlineData("secret", "rows, line 3: expected an object, found broken JSON at byte 0")]
    [InlineData("{\"response\":\"secret\"}", "rows, line 3, field \"prompt\": expected text, found nothing")]
    [InlineData("{\"prompt\":null}", "rows, line 3, field \"prompt\": expected text, found null")]
    [InlineData("{\"prompt\":[\"secret\"]}", "rows, line 3, field \"prompt\": expected text, found an array")]
    [InlineData("{\"prompt\":\"a\",\"prompt\":\"secret\"}", "rows, line 3, field \"prompt\": expected one value, found two")]
    [InlineData("{\"prompt\":\"a\",\"response\":{\"x\":\"secret\"}}", "rows, line 3, field \"response\": expected text, found an object")]
    [InlineData("{\"prompt\":\"a\",\"id\":true}", "rows, line 3, field \"id\": expected text, found true or false")]
    [InlineData("{\"prompt\":\"\\ud800 secret\"}", "rows, line 3, field \"prompt\": expected text, found half of a surrogate pair")]
    public void Parse_BadRow_NamesPlaceAndNoText(string row, string message)
    {
        PicketException fault = Assert.Throws<PicketException>(() => CheckRowParser.Parse(Encoding.UTF8.GetBytes(row), "rows", 3));

        Assert.StartsWith(message, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_InvalidUtf8_NamesOffset()
    {
        PicketException fault = Assert.Throws<PicketException>(() => CheckRowParser.Parse([.. "{\"prompt\":\"a"u8, 0xFF, .. "\"}"u8], "rows", 1));

        Assert.Equal("rows, line 1: expected UTF-8, found an invalid byte at offset 12", fault.Message);
    }

    [Fact]
    public void Parse_EscapedNameAndPair_AreUnderstood()
    {
        CheckRow row = CheckRowParser.Parse("{\"\\u0070rompt\":\"\\ud83d\\ude00\",\"response\":\"\",\"id\":null}"u8, "rows", 9);

        Assert.Equal(new CheckRow(new RowName(9, null), new GuardInput("\U0001F600", "")), row);
    }
}
