using System.Text;
using Picket.Models.Tokenization;

namespace Picket.Models.Tests.Tokenization;

public sealed class TokenizerJsonTests
{
    [Theory]
    [InlineData("deberta-v3", SpecialTokensInText.Text)]
    [InlineData("deberta-v3", SpecialTokensInText.Ids)]
    [InlineData("own-2000", SpecialTokensInText.Ids)]
    [InlineData("own-8000", SpecialTokensInText.Text)]
    [InlineData("hf-fixture-bytefallback", SpecialTokensInText.Ids)]
    public void LoadJson_ConvertedModel_GivesTheIdsOfTheSentencePieceFile(string model, SpecialTokensInText specials)
    {
        var options = new TokenizerOptions { SpecialTokensInText = specials };
        byte[] file = ReferenceInputs.Model(model);
        UnigramTokenizer expected = TokenizerLoader.LoadSentencePiece(file, model, options);
        UnigramTokenizer found = TokenizerLoader.LoadJson(ConvertedJson.From(file), model, options);

        Assert.Equal(expected.Special, found.Special);
        Assert.Equal(expected.VocabularySize, found.VocabularySize);
        Assert.All(ReferenceInputs.Texts().Values, text => Assert.Equal(expected.Encode(text.Text), found.Encode(text.Text)));
    }

    [Fact]
    public void LoadJson_ByteFallback_MakesBytesOfUnknownCharacters()
    {
        string json = Encoding.UTF8.GetString(ConvertedJson.From(SmallModel.Deberta(byteFallback: true).ToArray()));
        UnigramTokenizer tokenizer = Load(json.Replace("\"byte_fallback\":false", "\"byte_fallback\":true", StringComparison.Ordinal));

        Assert.Equal(["\u2581a", "<0xC3>", "<0x9F>", "<0x78>"], tokenizer.Encode("aßx").Select(tokenizer.Piece));
    }

    [Theory]
    [InlineData(TokenizerMode.SentencePiece)]
    [InlineData(TokenizerMode.HuggingFaceSlow)]
    public void LoadJson_OtherMode_IsRefused(TokenizerMode mode)
    {
        var fault = Assert.Throws<PicketException>(
            () => TokenizerLoader.LoadJson(Small(), "t.json", new TokenizerOptions { Mode = mode }));
        Assert.StartsWith("t.json: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(TokenizerModes.Name(mode), fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"type\":\"Unigram\"", "\"type\":\"BPE\"", "field \"model.type\": expected \"Unigram\", found BPE")]
    [InlineData("\"unk_id\":3", "\"unk_id\":99", "field \"model.unk_id\": expected a whole number from 0 to 18, found")]
    [InlineData("\"type\":\"Strip\"", "\"type\":\"NFC\"", "normalizer.normalizers[0]\".type: expected Strip, Precompiled and Replace")]
    [InlineData("\"prepend_scheme\":\"always\"", "\"prepend_scheme\":\"first\"", "prepend_scheme\": expected \"always\", found first")]
    [InlineData("\" {2,}\"", "\" {3,}\"", "Regex\": expected")]
    [InlineData("[\"[CLS]\",0]", "[\"[CLS]\"]", "field \"model.vocab\", piece 1: expected [text, score]")]
    [InlineData("[\"[CLS]\",0]", "[\"\",0]", "piece 1: expected a text of 1 to 1024 bytes, found 0 bytes")]
    [InlineData("[\"[CLS]\",0]", "[\"[CLS]\",1e99]", "piece 1, field \"score\": expected a number")]
    [InlineData("[\"[CLS]\",0]", "[\"\\ud800\",0]", "expected texts in well-formed Unicode")]
    [InlineData("\"content\":\"[CLS]\"", "\"content\":\"\"", "added_tokens[1].content\": expected a text, found none")]
    [InlineData("\"single_word\":false", "\"single_word\":true", "single_word\": expected false, found true")]
    [InlineData("\"version\"", "\"version", "t.json, line 1: expected a JSON object")]
    public void LoadJson_NotAsConverted_SaysWhereAndWhat(string from, string to, string expected)
    {
        string json = Encoding.UTF8.GetString(Small());
        Assert.Contains(from, json, StringComparison.Ordinal);

        var fault = Assert.Throws<PicketException>(() => Load(json.Replace(from, to, StringComparison.Ordinal)));

        Assert.StartsWith("t.json", fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void LoadFolder_NoTokenizer_SaysWhatIsExpected()
    {
        using var folder = new Testing.ScratchFolder();
        Directory.CreateDirectory(folder["m"]);

        var fault = Assert.Throws<PicketException>(() => TokenizerLoader.LoadFolder(folder["m"]));
        Assert.Contains("expected an spm.model or a tokenizer.json", fault.Message, StringComparison.Ordinal);

        File.WriteAllBytes(Path.Combine(folder["m"], "tokenizer.json"), Small());
        Assert.Equal(2, TokenizerLoader.LoadFolder(folder["m"]).Special.Sep);
        File.WriteAllBytes(Path.Combine(folder["m"], "spm.model"), SmallModel.Deberta(byteFallback: true).ToArray());
        Assert.Equal(2 + 18 + 256, TokenizerLoader.LoadFolder(folder["m"]).VocabularySize);
    }

    internal static byte[] Small() => ConvertedJson.From(SmallModel.Deberta().ToArray());

    private static UnigramTokenizer Load(string json) => TokenizerLoader.LoadJson(Encoding.UTF8.GetBytes(json), "t.json");
}
