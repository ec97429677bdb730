using FsCheck;
using FsCheck.Fluent;
using Picket.Text;

namespace Picket.Tests.Text;

public sealed class TextWindowsTests
{
    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(100);

    [Theory]
    [InlineData("", 1)]
    [InlineData("exactly 16 chars", 1)]
    [InlineData("exactly 17 chars.", 2)]
    public void Count_TextAgainstSize_IsOneWhereItFits(string text, int expected) =>
        Assert.Equal(expected, new TextWindows(text, 16, 4).Count);

    [Fact]
    public void Windows_TextWithSpaces_BreakAfterThem()
    {
        const string Text = "one two three four five six seven eight nine ten";

        Assert.Equal(["one two three four five ", "five six seven eight nine ", "nine ten"], Slices(Text, 26, 5));
    }

    [Fact]
    public void Windows_AnyText_CoverItAndKeepTheirPromises() => Check.One(s_config, Prop.ForAll(Cases(), c =>
    {
        int covered = 0;
        bool kept = true;
        foreach (Range window in new TextWindows(c.Text, c.Size, c.Overlap))
        {
            (int start, int length) = window.GetOffsetAndLength(c.Text.Length);
            bool joined = covered == 0 ? start == 0 : start <= covered - c.Overlap;
            kept &= joined && length <= c.Size && start + length > covered - (c.Text.Length == 0 ? 1 : 0);
            kept &= !SplitsPair(c.Text, start) && !SplitsPair(c.Text, start + length);
            covered = start + length;
        }

        return kept && covered == c.Text.Length;
    }));

    [Fact]
    public void Windows_AnyText_AdvanceByAnEighthOfTheSize() => Check.One(s_config, Prop.ForAll(Cases(), c =>
        new TextWindows(c.Text, c.Size, c.Overlap).Count <= 1 + (c.Text.Length / (c.Size / 8))));

    [Fact]
    public void Pair_SidesOfDifferentLength_RepeatsTheLastOfTheShorter()
    {
        const string Prompt = "a question?";
        const string Response = "a fairly long answer to it";
        var seen = new List<string>();

        foreach ((Range prompt, Range response) in TextWindows.Pair(new(Prompt, 16, 0), new(Response, 16, 0)))
        {
            seen.Add(Prompt[prompt] + "|" + Response[response]);
        }

        Assert.Equal(["a question?|a fairly long ", "a question?|answer to it"], seen);
        Assert.Equal(2, TextWindows.Pair(new(Prompt, 16, 0), new(Response, 16, 0)).Count);
    }

    [Fact]
    public void Split_InputThatFits_IsTheSameInstance()
    {
        var input = new GuardInput("short", "also short");

        Assert.Same(input, Assert.Single(TextWindows.Split(input, 16, 4)));
    }

    [Fact]
    public void Split_LongPromptWithoutResponse_LeavesTheResponseNull()
    {
        IReadOnlyList<GuardInput> parts = TextWindows.Split(new GuardInput("one two three four five"), 16, 0);

        Assert.Equal([new GuardInput("one two three "), new GuardInput("four five")], parts);
    }

    [Theory]
    [InlineData(7, 0)]
    [InlineData(16, -1)]
    [InlineData(16, 9)]
    public void Constructor_OutOfRange_Throws(int size, int overlap) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TextWindows("text", size, overlap));

    private static bool SplitsPair(string text, int at) =>
        at > 0 && at < text.Length && char.IsHighSurrogate(text[at - 1]) && char.IsLowSurrogate(text[at]);

    private static List<string> Slices(string text, int size, int overlap)
    {
        var slices = new List<string>();
        foreach (Range window in new TextWindows(text, size, overlap))
        {
            slices.Add(text[window]);
        }

        return slices;
    }

    private static Arbitrary<(string Text, int Size, int Overlap)> Cases()
    {
        Gen<string> text = Gen.Elements("😀", "😀😀😀😀😀😀😀😀", "word ", "a", "\uD83D", "longerwordwithoutspace", "  ").ListOf().Select(string.Concat);
        return (from t in text from size in Gen.Choose(8, 64) from overlap in Gen.Choose(0, size / 2) select (t, size, overlap)).ToArbitrary();
    }
}
