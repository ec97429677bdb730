using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Picket.Models.Tokenization;

namespace Picket.Models.Tests.Tokenization;

public sealed class TokenizerPropertyTests
{
    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(60);
    private static readonly TokenizerMode[] s_modes = Enum.GetValues<TokenizerMode>();

    // Characters that a rule, a mark, a cluster or a surrogate hangs on.
    private static readonly string[] s_parts =
    [
        "a", "b", "c", "x", " ", "  ", "\t", "\n", "\r\n", "\u2581", "[SEP]", "[CLS]", "[MASK]", "[UNK]", "[PAD]", "[", "SEP", "]",
        "\uFF3B", "\uFF33\uFF25\uFF30",
        "\uFF3D", "e", "\u0301", "\u200D", "\u0600", "\ud800", "\udc00", "\ud83d\ude00", "\u0000", "\u3000",
        "<0x41>", "\u1100\u1161", "\u00BD", "ß", "\uFFFD",
    ];

    [Fact]
    public void Encode_AnyText_GivesIdsOfTheVocabularyAndNoSpecialOnes()
    {
        UnigramTokenizer[] tokenizers = [.. Tokenizers(SpecialTokensInText.Text)];

        Check.One(s_config, Prop.ForAll<string?, int[]>((text, parts) => tokenizers.All(tokenizer =>
        {
            SpecialTokens special = tokenizer.Special;
            return tokenizer.Encode(Joined(parts) + text).All(id =>
                id >= 0 && id < tokenizer.VocabularySize && id != special.Cls && id != special.Sep && id != special.Pad && id != special.Mask);
        })));
    }

    [Fact]
    public void Encode_AnyTextWithSpecialIds_GivesIdsOfTheVocabulary()
    {
        UnigramTokenizer[] tokenizers = [.. Tokenizers(SpecialTokensInText.Ids)];

        Check.One(s_config, Prop.ForAll<int[]>(parts => tokenizers.All(tokenizer =>
            tokenizer.Encode(Joined(parts)).All(id => id >= 0 && id < tokenizer.VocabularySize))));
    }

    [Fact]
    public void Encode_TextWithoutSurrogates_IsThatOfItsReplacement()
    {
        UnigramTokenizer[] tokenizers = [.. Tokenizers(SpecialTokensInText.Text)];

        Check.One(s_config, Prop.ForAll<int[]>(parts => tokenizers.All(tokenizer =>
        {
            string text = Joined(parts);
            string replaced = string.Concat(text.EnumerateRunes());
            return tokenizer.Encode(text).SequenceEqual(tokenizer.Encode(replaced));
        })));
    }

    [Fact]
    public void Encode_Letters_ScoresAsTheBestOfAllSegmentations()
    {
        byte[] file = SmallModel.Deberta().ToArray();
        TokenizerModel model = SentencePieceFile.Parse(file, "m");
        var scores = Enumerable.Range(4, model.Vocabulary.Count - 4)
            .ToDictionary(id => Encoding.UTF8.GetString(model.Vocabulary.Text(id)), id => model.Vocabulary.Scores[id], StringComparer.Ordinal);
        UnigramTokenizer[] tokenizers =
        [
            .. s_modes.Select(mode => TokenizerLoader.LoadSentencePiece(file, "m", new TokenizerOptions { Mode = mode })),
        ];

        Check.One(s_config, Prop.ForAll<int[]>(letters =>
        {
            string text = "a" + string.Concat(letters.Select(static letter => "abcSEP[]é"[(int)((uint)letter % 9)]));
            return tokenizers.All(tokenizer =>
            {
                string[] pieces = [.. tokenizer.Encode(text).Select(tokenizer.Piece)];
                return string.Concat(pieces) == "\u2581" + text
                    && Math.Abs(pieces.Sum(piece => scores[piece]) - Best("\u2581" + text, scores)) < 1e-4;
            });
        }));
    }

    /// <summary>The highest sum of scores, by the definition.</summary>
    private static double Best(string text, Dictionary<string, double> scores)
    {
        double[] best = new double[text.Length + 1];
        for (int end = 1; end <= text.Length; end++)
        {
            best[end] = Enumerable.Range(0, end).Max(
                start => scores.TryGetValue(text[start..end], out double score) ? best[start] + score : double.NegativeInfinity);
        }

        return best[^1];
    }

    private static IEnumerable<UnigramTokenizer> Tokenizers(SpecialTokensInText specials) =>
        from file in (byte[][])[SmallModel.Deberta().ToArray(), SmallModel.Deberta(byteFallback: true).ToArray()]
        from mode in s_modes
        select TokenizerLoader.LoadSentencePiece(file, "m", new TokenizerOptions { Mode = mode, SpecialTokensInText = specials });

    private static string Joined(int[] parts) => string.Concat(parts.Select(static part => s_parts[(int)((uint)part % s_parts.Length)]));
}
