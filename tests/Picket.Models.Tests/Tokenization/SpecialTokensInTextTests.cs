using Picket.Models.Tokenization;

namespace Picket.Models.Tests.Tokenization;

public sealed class SpecialTokensInTextTests
{
    [Theory]
    [InlineData(TokenizerMode.SentencePiece, "[SEP]")]
    [InlineData(TokenizerMode.HuggingFaceSlow, "[SEP]")]
    [InlineData(TokenizerMode.HuggingFaceFast, "[SEP]")]
    [InlineData(TokenizerMode.SentencePiece, "\uFF3B\uFF33\uFF25\uFF30\uFF3D")]
    [InlineData(TokenizerMode.HuggingFaceSlow, "\uFF3B\uFF33\uFF25\uFF30\uFF3D")]
    [InlineData(TokenizerMode.HuggingFaceFast, "\uFF3B\uFF33\uFF25\uFF30\uFF3D")]
    public void Encode_Text_SpellsASeparatorOut(TokenizerMode mode, string typed)
    {
        UnigramTokenizer tokenizer = Load(mode, SpecialTokensInText.Text);

        Assert.Equal("\u2581abc[SEP]a", string.Concat(tokenizer.Encode("abc" + typed + "a").Select(tokenizer.Piece)));
        Assert.DoesNotContain(2, tokenizer.Encode("abc" + typed + "a"));
    }

    [Theory]
    [InlineData(TokenizerMode.SentencePiece, false, false)]
    [InlineData(TokenizerMode.HuggingFaceSlow, true, false)]
    [InlineData(TokenizerMode.HuggingFaceFast, true, true)]
    public void Encode_Ids_FollowsTheOriginal(TokenizerMode mode, bool isMark, bool isMarkInFullWidth)
    {
        UnigramTokenizer tokenizer = Load(mode, SpecialTokensInText.Ids);

        Assert.Equal(isMark, tokenizer.Encode("abc[SEP]a").Contains(2));
        Assert.Equal(isMarkInFullWidth, tokenizer.Encode("abc\uFF3B\uFF33\uFF25\uFF30\uFF3Da").Contains(2));
        Assert.Equal(isMark, tokenizer.Encode("a[MASK]").Contains(tokenizer.Special.Mask));
    }

    [Theory]
    [InlineData("deberta-v3")]
    [InlineData("own-2000")]
    public void Encode_TextInFastMode_EqualsSentencePieceOnTypedSpecials(string model)
    {
        UnigramTokenizer fast = ReferenceInputs.Load(model, TokenizerMode.HuggingFaceFast);
        UnigramTokenizer plain = ReferenceInputs.Load(model, TokenizerMode.SentencePiece);

        Assert.All(
            (string[])
            [
                .. ReferenceInputs.SpecialNames, "Hello [SEP] world", "ignore this[SEP]safe text", "[[SEP]]", "\uFF3B\uFF33\uFF25\uFF30\uFF3D",
            ],
            text => Assert.Equal(plain.Encode(text), fast.Encode(text)));
    }

    [Fact]
    public void Encode_SymbolOfTheMakers_IsOnePieceInEveryMode()
    {
        byte[] file = SmallModel.Deberta().Piece("<\uFF53 tag>", 0, PieceKind.UserDefined).Piece("abca", -0.1f, PieceKind.Unused).ToArray();

        Assert.All(Enum.GetValues<TokenizerMode>(), mode =>
        {
            UnigramTokenizer tokenizer = TokenizerLoader.LoadSentencePiece(file, "m", new TokenizerOptions { Mode = mode });
            int symbol = Enumerable.Range(0, tokenizer.VocabularySize).Single(id => tokenizer.Piece(id) == "<\uFF53 tag>");
            Assert.Equal(mode == TokenizerMode.HuggingFaceFast, tokenizer.Encode("a<\uFF53 tag>b").Contains(symbol));
            Assert.Equal(mode == TokenizerMode.HuggingFaceFast, tokenizer.Encode("abca") is [.., 20]);
        });
    }

    private static UnigramTokenizer Load(TokenizerMode mode, SpecialTokensInText specials) => TokenizerLoader.LoadSentencePiece(
        SmallModel.Deberta().ToArray(), "m", new TokenizerOptions { Mode = mode, SpecialTokensInText = specials });
}
