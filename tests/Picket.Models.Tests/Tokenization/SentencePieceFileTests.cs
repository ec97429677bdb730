using Picket.Models.Tokenization;

namespace Picket.Models.Tests.Tokenization;

public sealed class SentencePieceFileTests
{
    [Fact]
    public void Load_Empty_SaysThereIsNoUnknownPiece() => AssertFault([], "expected one unknown piece, found none among 0 pieces");

    [Fact]
    public void Load_OtherModelType_IsRefused() =>
        AssertFault(Small().Message(2, [.. SmallModel.Tag(3, 0), 2]).ToArray(), "trainer_spec.model_type\": expected 1 (unigram), found 2");

    [Fact]
    public void Load_LengthBeyondTheFile_SaysWhere() =>
        AssertFault([0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F], "byte 6, field 1: expected a length of at most 0");

    [Fact]
    public void Load_EndlessNumber_IsRefused() =>
        AssertFault([0x30, .. Enumerable.Repeat((byte)0xFF, 20)], "expected a number of at most ten bytes");

    [Fact]
    public void Load_Group_IsRefused() => AssertFault([0x2B], "expected a value of wire type 0, 1, 2 or 5, found type 3");

    [Fact]
    public void Load_PieceTwice_NamesBoth() =>
        AssertFault(Small().Piece("ab", -1).ToArray(), "piece 19: expected a text of its own, found that of piece 8: ab");

    [Fact]
    public void Load_SecondUnknown_IsRefused() =>
        AssertFault(Small().Piece("?", 0, PieceKind.Unknown).ToArray(), "piece 19: expected one unknown piece, found a second after 3");

    [Fact]
    public void Load_UnknownKind_IsRefused() =>
        AssertFault(Small().Piece("z", 0, (PieceKind)7).ToArray(), "piece 19, field \"type\": expected 1 to 6, found 7");

    [Fact]
    public void Load_PieceOfOtherBytes_IsRefused() => AssertFault(Small().Piece([0xFF], 0).ToArray(), "piece 19: expected a text of 1 to 1024 bytes");

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(1e7f)]
    public void Load_ScoreOfNoUse_IsRefused(float score) =>
        AssertFault(Small().Piece("z", score).ToArray(), "piece 19, field \"score\": expected a number");

    [Fact]
    public void Load_ByteFallbackWithoutBytes_IsRefused() =>
        AssertFault(Small().Message(2, [.. SmallModel.Tag(35, 0), 1]).ToArray(), "expected 256 byte pieces, found none for <0x00>");

    [Theory]
    [InlineData(new byte[] { 1, 2 }, "expected the length of a trie within 2 bytes")]
    [InlineData(new byte[] { 8, 0, 0, 0, 1, 1, 1, 1 }, "expected the length of a trie within 8 bytes, found 8")]
    [InlineData(new byte[] { 4, 0, 0, 0, 0, 0, 0, 0, 0xFF }, "expected replacements in UTF-8")]
    public void Load_DamagedCharacterMap_IsRefused(byte[] map, string expected) =>
        AssertFault(Small().Message(3, SmallModel.Bytes(2, map)).ToArray(), "precompiled_charsmap\": " + expected);

    [Fact]
    public void Load_CharacterMapWithACircle_IsRefused()
    {
        // The root's children start at 256, where the unit of 'a' says that its own children start there too.
        byte[] map = new byte[4 + (512 * 4)];
        BitConverter.TryWriteBytes(map, 512 * 4);
        BitConverter.TryWriteBytes(map.AsSpan(4), 256u << 10);
        BitConverter.TryWriteBytes(map.AsSpan(4 + ((256 ^ 'a') * 4)), ((uint)'a' << 10) | 'a');

        AssertFault(Small().Message(3, SmallModel.Bytes(2, map)).ToArray(), "expected rules of at most 128 bytes, found a longer one or a circle");
    }

    [Theory]
    [InlineData(3, "abc ab", "abc ab")]
    [InlineData(4, "\u2581\u2581\u2581abc\u2581\u2581ab\u2581", "  abc  ab ")]
    [InlineData(24, "abc\u2581ab\u2581", "abc ab")]
    public void Encode_OtherWhitespaceRules_AreFollowed(int field, string expected, string text)
    {
        byte[] setting = [.. SmallModel.Tag(field, 0), field == 24 ? (byte)1 : (byte)0];
        byte[] file = SmallModel.Deberta().Message(field == 24 ? 2 : 3, setting).ToArray();
        UnigramTokenizer tokenizer = TokenizerLoader.LoadSentencePiece(file, "m", new TokenizerOptions { Mode = TokenizerMode.SentencePiece });

        Assert.Equal(expected.Replace(' ', '\u2581'), string.Concat(tokenizer.Encode(text).Select(tokenizer.Piece)));
    }

    private static SmallModel Small() => SmallModel.Deberta();

    private static void AssertFault(byte[] file, string expected)
    {
        var options = new TokenizerOptions { Mode = TokenizerMode.SentencePiece };
        var fault = Assert.Throws<PicketException>(() => TokenizerLoader.LoadSentencePiece(file, "spm.model", options));
        Assert.StartsWith("spm.model", fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }
}
