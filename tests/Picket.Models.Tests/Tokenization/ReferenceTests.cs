using System.Text.Json;
using Picket.Models.Tokenization;

namespace Picket.Models.Tests.Tokenization;

public sealed class ReferenceTests
{
    [Theory]
    [InlineData("deberta-v3")]
    [InlineData("own-2000")]
    [InlineData("own-8000")]
    [InlineData("hf-fixture")]
    [InlineData("hf-fixture-bytefallback")]
    public void Encode_SentencePiece_EqualsTheOriginal(string model)
    {
        UnigramTokenizer tokenizer = ReferenceInputs.Load(model, TokenizerMode.SentencePiece, SpecialTokensInText.Ids);
        Dictionary<int, (string Text, string Category)> texts = ReferenceInputs.Texts();
        using JsonDocument document = ReferenceInputs.Open($"{model}/cases.json");

        JsonElement[] cases = [.. document.RootElement.GetProperty("cases").EnumerateArray()];

        Assert.Equal(texts.Count, cases.Length);
        AssertEqual(cases, texts, tokenizer.Encode);
    }

    [Theory]
    [InlineData("deberta-v3", TokenizerMode.HuggingFaceFast)]
    [InlineData("own-2000", TokenizerMode.HuggingFaceFast)]
    [InlineData("own-8000", TokenizerMode.HuggingFaceFast)]
    [InlineData("deberta-v3", TokenizerMode.HuggingFaceSlow)]
    [InlineData("own-2000", TokenizerMode.HuggingFaceSlow)]
    [InlineData("own-8000", TokenizerMode.HuggingFaceSlow)]
    public void Encode_HuggingFace_EqualsTheOriginal(string model, TokenizerMode mode)
    {
        UnigramTokenizer tokenizer = ReferenceInputs.Load(model, mode, SpecialTokensInText.Ids);
        Dictionary<int, (string Text, string Category)> texts = ReferenceInputs.Texts();
        using JsonDocument document = ReferenceInputs.Open($"{model}/hf.json");
        JsonElement reference = Reference(document, mode);

        AssertEqual([.. reference.GetProperty("cases").EnumerateArray()], texts, tokenizer.Encode);
        AssertEqual([.. reference.GetProperty("with_specials").EnumerateArray()], texts, text => Assemble(tokenizer, tokenizer.Encode(text)));
    }

    [Theory]
    [InlineData("deberta-v3", TokenizerMode.HuggingFaceFast)]
    [InlineData("own-2000", TokenizerMode.HuggingFaceFast)]
    [InlineData("own-8000", TokenizerMode.HuggingFaceFast)]
    [InlineData("deberta-v3", TokenizerMode.HuggingFaceSlow)]
    [InlineData("own-2000", TokenizerMode.HuggingFaceSlow)]
    [InlineData("own-8000", TokenizerMode.HuggingFaceSlow)]
    public void Truncate_HuggingFace_EqualsTheOriginal(string model, TokenizerMode mode)
    {
        UnigramTokenizer tokenizer = ReferenceInputs.Load(model, mode, SpecialTokensInText.Ids);
        List<(string First, string Second)> pairs = ReferenceInputs.Pairs();
        Dictionary<int, (string Text, string Category)> texts = ReferenceInputs.Texts();
        using JsonDocument document = ReferenceInputs.Open($"{model}/hf.json");
        JsonElement reference = Reference(document, mode);

        Assert.Equal(
            reference.GetProperty("pairs").EnumerateArray().Select(static pair => pair.Ids()),
            pairs.Select(pair => Pair(tokenizer, pair, int.MaxValue)));
        JsonElement[] truncated = [.. reference.GetProperty("truncated").EnumerateArray()];
        Assert.Equal([3, 4, 8, 32, 512], truncated.Where(IsPair).Select(static one => one.GetProperty("max_length").GetInt32()).Distinct().Order());
        Assert.All(truncated, one => Assert.Equal(one.Ids(), IsPair(one)
            ? Pair(tokenizer, pairs[one.GetProperty("pair").GetInt32()], one.GetProperty("max_length").GetInt32())
            : Single(tokenizer, texts[one.GetProperty("single").GetInt32()].Text, one.GetProperty("max_length").GetInt32())));
    }

    [Theory]
    [InlineData("deberta-v3", TokenizerMode.HuggingFaceFast)]
    [InlineData("own-2000", TokenizerMode.HuggingFaceFast)]
    [InlineData("own-8000", TokenizerMode.HuggingFaceFast)]
    [InlineData("deberta-v3", TokenizerMode.HuggingFaceSlow)]
    [InlineData("own-2000", TokenizerMode.HuggingFaceSlow)]
    [InlineData("own-8000", TokenizerMode.HuggingFaceSlow)]
    public void Encode_DefaultOption_EqualsTheOriginalWhereNoSpecialTokenIsTyped(string model, TokenizerMode mode)
    {
        UnigramTokenizer tokenizer = ReferenceInputs.Load(model, mode);
        Dictionary<int, (string Text, string Category)> texts = ReferenceInputs.Texts();
        using JsonDocument document = ReferenceInputs.Open($"{model}/hf.json");

        JsonElement[] cases =
        [
            .. Reference(document, mode).GetProperty("cases").EnumerateArray()
                .Where(one => !HasSpecial(texts[one.GetProperty("id").GetInt32()].Text)),
        ];

        Assert.True(cases.Length >= texts.Count - 20, $"{cases.Length} of {texts.Count}");
        AssertEqual(cases, texts, tokenizer.Encode);
    }

    private static bool IsPair(JsonElement one) => one.TryGetProperty("pair", out _);

    private static bool HasSpecial(string text)
    {
        string narrow = string.Concat(text.Select(static c => c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c));
        return ReferenceInputs.SpecialNames.Any(name => narrow.Contains(name, StringComparison.Ordinal));
    }

    private static JsonElement Reference(JsonDocument document, TokenizerMode mode) =>
        document.RootElement.GetProperty(mode == TokenizerMode.HuggingFaceFast ? "fast" : "slow");

    private static int[] Assemble(UnigramTokenizer tokenizer, int[] ids)
    {
        var output = new TokenBuffer();
        tokenizer.Assemble(ids, output);
        return output.Ids.ToArray();
    }

    private static int[] Pair(UnigramTokenizer tokenizer, (string First, string Second) pair, int longest)
    {
        int[] first = tokenizer.Encode(pair.First);
        int[] second = tokenizer.Encode(pair.Second);
        (int keptFirst, int keptSecond) = tokenizer.Truncate(first, second, longest);
        var output = new TokenBuffer();
        tokenizer.Assemble(first.AsSpan(0, keptFirst), second.AsSpan(0, keptSecond), output);
        return output.Ids.ToArray();
    }

    private static int[] Single(UnigramTokenizer tokenizer, string text, int longest)
    {
        int[] ids = tokenizer.Encode(text);
        return Assemble(tokenizer, ids[..UnigramTokenizer.Truncate(ids.Length, longest)]);
    }

    private static void AssertEqual(
        JsonElement[] cases, Dictionary<int, (string Text, string Category)> texts, Func<string, int[]> encode) => Assert.All(cases, one =>
        {
            (string text, string category) = texts[one.GetProperty("id").GetInt32()];
            string expected = string.Join(' ', one.Ids());
            string found = string.Join(' ', encode(text));
            Assert.True(expected == found, $"{category} {one.GetProperty("id")}: expected {expected}, found {found}");
        });
}
