using Picket.Models.Tokenization;
using Picket.Testing;

namespace Picket.Models.Tests.Tokenization;

public sealed class UnigramTokenizerTests
{
    private static readonly string s_text = string.Concat(Enumerable.Repeat("abc ab \uFF53 e\u0301 x\u0301 \u00BD cab\u3000[SEP] ", 40));

    [Theory]
    [InlineData(TokenizerMode.SentencePiece)]
    [InlineData(TokenizerMode.HuggingFaceSlow)]
    [InlineData(TokenizerMode.HuggingFaceFast)]
    public void Encode_WarmBuffer_AllocatesNothing(TokenizerMode mode)
    {
        UnigramTokenizer tokenizer = Load(mode, SpecialTokensInText.Ids);
        var ids = new TokenBuffer();
        for (int i = 0; i < 50; i++)
        {
            ids.Clear();
            tokenizer.Encode(s_text, ids);
        }

        long allocated = Allocations.Least(() =>
        {
            for (int i = 0; i < 50; i++)
            {
                ids.Clear();
                tokenizer.Encode(s_text, ids);
            }
        });

        Assert.Equal(0, allocated);
    }

    [Theory]
    [InlineData(TokenizerMode.SentencePiece)]
    [InlineData(TokenizerMode.HuggingFaceSlow)]
    [InlineData(TokenizerMode.HuggingFaceFast)]
    public void Encode_AMillionOfOneCharacter_TakesLinearTime(TokenizerMode mode)
    {
        // Quadratic time would be hours here, and the run would end at its limit.
        UnigramTokenizer tokenizer = Load(mode, SpecialTokensInText.Ids);
        var ids = new TokenBuffer();

        Assert.All((string[])["a", "x", " ", "[", "\u0301", "\u2581", "\ud800", "\uFF53", "[SEP]", "x ", "\u0600", "\u200D", "[UNK]"], part =>
        {
            ids.Clear();
            tokenizer.Encode(string.Concat(Enumerable.Repeat(part, 1_000_000 / part.Length)), ids);
            Assert.InRange(ids.Count, 0, 1_000_001);
        });
    }

    [Fact]
    public async Task Encode_ManyThreads_GiveOneResult()
    {
        UnigramTokenizer tokenizer = Load(TokenizerMode.HuggingFaceFast, SpecialTokensInText.Text);
        int[] expected = tokenizer.Encode(s_text);

        int[][] found = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => tokenizer.Encode(s_text))));

        Assert.All(found, ids => Assert.Equal(expected, ids));
    }

    [Fact]
    public void Encode_Appends_AndSaysHowMany()
    {
        UnigramTokenizer tokenizer = Load(TokenizerMode.HuggingFaceFast, SpecialTokensInText.Text);
        var ids = new TokenBuffer(0);
        ids.Add(7);

        Assert.Equal(0, tokenizer.Encode(" \t", ids));
        Assert.Equal(1, tokenizer.Encode("a", ids));
        Assert.Equal("7 \u2581a", $"{ids.Ids[0]} {tokenizer.Piece(ids.Ids[1])}");
    }

    [Fact]
    public void Assemble_Pair_HasThreeMarks()
    {
        UnigramTokenizer tokenizer = Load(TokenizerMode.HuggingFaceFast, SpecialTokensInText.Text);
        var ids = new TokenBuffer();
        tokenizer.Assemble([10, 11], [12], ids);

        Assert.Equal([1, 10, 11, 2, 12, 2], ids.Ids.ToArray());
        Assert.Equal(new SpecialTokens(Cls: 1, Sep: 2, Pad: 0, Unk: 3, Mask: 19), tokenizer.Special);
        Assert.Equal("[MASK]", tokenizer.Piece(19));
        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.Piece(20));
    }

    [Fact]
    public void Assemble_VocabularyWithoutMarks_IsRefused()
    {
        UnigramTokenizer tokenizer = TokenizerLoader.LoadSentencePiece(new SmallModel().Piece("?", 0, PieceKind.Unknown).ToArray(), "m");

        Assert.Equal(new SpecialTokens(-1, -1, -1, 0, -1), tokenizer.Special);
        Assert.Equal([0], tokenizer.Encode("abc"));
        Assert.Throws<InvalidOperationException>(() => tokenizer.Assemble([0], new TokenBuffer()));
    }

    [Fact]
    public void Parse_NameOfAMode_IsTheMode()
    {
        Assert.All(Enum.GetValues<TokenizerMode>(), mode => Assert.Equal(mode, TokenizerModes.Parse(TokenizerModes.Name(mode), "f")));
        var fault = Assert.Throws<PicketException>(() => TokenizerModes.Parse("bert", "guard.json, field \"tokenizer\""));
        Assert.Equal(
            "guard.json, field \"tokenizer\": expected one of huggingface-fast, sentencepiece, huggingface-slow, found bert", fault.Message);
    }

    private static UnigramTokenizer Load(TokenizerMode mode, SpecialTokensInText specials) => TokenizerLoader.LoadSentencePiece(
        SmallModel.Deberta().ToArray(), "m", new TokenizerOptions { Mode = mode, SpecialTokensInText = specials });
}
