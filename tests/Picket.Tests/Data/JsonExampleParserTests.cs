using System.Text;
using Picket.Data;

namespace Picket.Tests.Data;

public sealed class JsonExampleParserTests
{
    [Fact]
    public void Parse_AllFields_FillsAll()
    {
        Example row = Parse("""
            {"id":"a","prompt":"p","response":"r","unsafe":1,"unsafe_probability":0.75,"category":"c","source":"s","split":"t","parent_id":"b"}
            """);

        Assert.Equal(
            new Example
            {
                Id = "a",
                Prompt = "p",
                Response = "r",
                Unsafe = true,
                UnsafeProbability = 0.75,
                Category = "c",
                Source = "s",
                Split = "t",
                ParentId = "b",
            },
            row);
    }

    [Theory]
    [InlineData("0", false)]
    [InlineData("1", true)]
    [InlineData("1.0", true)]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("null", null)]
    public void Parse_Label_IsRead(string json, bool? label) =>
        Assert.Equal(label, Parse($$"""{"prompt":"p","unsafe":{{json}}}""").Unsafe);

    [Theory]
    [InlineData("""{"prompt":"p"}""", "rows.jsonl:7")]
    [InlineData("""{"prompt":"p","source":"mine"}""", "mine:7")]
    [InlineData("""{"prompt":"p","id":31}""", "31")]
    public void Parse_Id_HasDefault(string json, string id) => Assert.Equal(id, Parse(json).Id);

    [Fact]
    public void Parse_UnknownFields_AreKept()
    {
        Example row = Parse("""{"prompt":"p","note":{"by":["x",2]},"rank":3}""");

        Assert.Equal(["note", "rank"], row.UnknownFields!.Keys);
        Assert.Equal("""{"by":["x",2]}""", row.UnknownFields["note"].GetRawText());
    }

    [Theory]
    [InlineData("""{"prompt":12}""", "prompt", "expected a string, found a number")]
    [InlineData("""{"prompt":null}""", "prompt", "expected a string, found null")]
    [InlineData("""{"id":"a"}""", "prompt", "is missing")]
    [InlineData("""{"prompt":"p","response":[]}""", "response", "expected a string, found an array")]
    [InlineData("""{"prompt":"p","unsafe":2}""", "unsafe", "expected 0 or 1, found another number")]
    [InlineData("""{"prompt":"p","unsafe":"1"}""", "unsafe", "expected 0 or 1, found a string")]
    [InlineData("""{"prompt":"p","unsafe_probability":1e999}""", "unsafe_probability", "expected a number from 0 to 1, found one outside")]
    [InlineData("""{"prompt":"p","prompt":"q"}""", "prompt", "appears twice")]
    [InlineData("""{"prompt":"\ud800"}""", "prompt", "holds an escape that is half a character (a lone surrogate)")]
    [InlineData("""{"prompt":"p","x":["\udc00"]}""", "x", "holds an escape that is half a character (a lone surrogate)")]
    [InlineData("""["prompt"]""", null, "expected a JSON object, found an array")]
    public void Parse_BadField_SaysWhereAndWhat(string json, string? field, string problem)
    {
        var fault = Assert.Throws<DataFormatException>(() => Parse(json));

        Assert.Equal(("data/rows.jsonl", 7L, field), (fault.File, fault.Line, fault.Field));
        Assert.Equal($"data/rows.jsonl, line 7{(field is null ? "" : $", field \"{field}\"")}: {problem}", fault.Message);
    }

    [Theory]
    [InlineData("""{"prompt":"p" """, 15)]
    [InlineData("""{"prompt":"p"} {}""", 16)]
    [InlineData("""{"prompt":p}""", 11)]
    [InlineData("", 1)]
    public void Parse_BrokenJson_SaysTheByte(string json, int at)
    {
        var fault = Assert.Throws<DataFormatException>(() => Parse(json));

        Assert.EndsWith($"breaks at byte {at} of the line", fault.Message);
    }

    [Fact]
    public void Parse_BadRow_DoesNotQuoteIt()
    {
        var fault = Assert.Throws<DataFormatException>(() => Parse("""{"a secret name":"\ud800", "prompt":"secret" """));

        Assert.DoesNotContain("secret", fault.ToString());
    }

    [Fact]
    public void Parse_InvalidUtf8_Throws() =>
        Assert.Throws<DataFormatException>(() => JsonExampleParser.Parse([.. "{\"prompt\":\""u8, 0xC3, .. "\"}"u8], "f", 1));

    [Fact]
    public void Parse_StringWithLoneSurrogate_Throws() =>
        Assert.Throws<DataFormatException>(() => JsonExampleParser.Parse("{\"prompt\":\"\ud800\"}", "f", 1));

    private static Example Parse(string json) => JsonExampleParser.Parse(Encoding.UTF8.GetBytes(json), "data/rows.jsonl", 7);
}
