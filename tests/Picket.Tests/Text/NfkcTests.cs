using System.Globalization;
using Picket.Testing;
using Picket.Text;

namespace Picket.Tests.Text;

public sealed class NfkcTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("e\u0301", "é")]
    [InlineData("ﬁ ﷺ", "fi صلى الله عليه وسلم")]
    [InlineData("①Ⓐ㎏½", "1Akg1⁄2")]
    [InlineData("\u1112\u1161\u11AB", "한")]
    [InlineData("하\u11AB", "한")]
    [InlineData("a\u0301\u0323", "ạ\u0301")]
    [InlineData("e\u0305\u0301", "e\u0305\u0301")]
    [InlineData("\u0344", "\u0308\u0301")]
    [InlineData("x\uD835\uDC00y", "xAy")]
    [InlineData("\uD800é\uDC00", "\uD800é\uDC00")]
    [InlineData("\u0958", "\u0915\u093C")]
    [InlineData("豈", "豈")]
    public void Normalise_Vector_MatchesUnicode(string text, string expected) => Assert.Equal(expected, Nfkc.Normalise(text));

    [Fact]
    public void Normalise_AlreadyInForm_ReturnsSameInstance()
    {
        string text = "déjà vu, 한국어, e\u0305\u0301";

        Assert.Same(text, Nfkc.Normalise(text));
    }

    [Fact]
    public void Normalise_LongRunOfMarks_IsOrderedStably()
    {
        string text = "q" + string.Concat(Enumerable.Repeat("\u0301\u0323\u0300", 1000));

        string expected = "q" + new string('\u0323', 1000) + string.Concat(Enumerable.Repeat("\u0301\u0300", 1000));
        Assert.Equal(expected, Nfkc.Normalise(text));
    }

    /// <summary>The conformance suite of UAX #15: columns source; NFC; NFD; NFKC; NFKD. All five have the fourth as their NFKC.</summary>
    [Fact]
    public void Normalise_ConformanceSuite_AllLinesHold()
    {
        string suite = SharedFolder.RequireExisting(
            "/usr/share/unicode/NormalizationTest.txt", "needs the Unicode 15.0 conformance suite, unpacked from Debian's unicode-data");
        var listed = new HashSet<string>();
        bool partOne = false;
        foreach (string line in File.ReadLines(suite).Where(line => line.Length > 0 && line[0] != '#'))
        {
            partOne = line[0] == '@' ? line.StartsWith("@Part1", StringComparison.Ordinal) : partOne;
            if (line[0] == '@')
            {
                continue;
            }

            string[] columns = [.. line.Split(';').Take(5).Select(Parse)];
            Assert.All(columns, column => Assert.Equal(columns[3], Nfkc.Normalise(column)));
            _ = partOne && listed.Add(columns[0]);
        }

        IEnumerable<string> others = Enumerable.Range(0, 0x110000).Where(code => code is < 0xD800 or > 0xDFFF).Select(char.ConvertFromUtf32);
        Assert.DoesNotContain(others, other => !listed.Contains(other) && Nfkc.Normalise(other) != other);
    }

    private static string Parse(string codes) =>
        string.Concat(codes.Split(' ').Select(code => char.ConvertFromUtf32(int.Parse(code, NumberStyles.HexNumber))));
}
