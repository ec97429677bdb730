using System.Text;
using System.Text.Json;
using Picket.Models.Tokenization;

namespace Picket.Models.Tests.Tokenization;

/// <summary>
/// Writes the <c>tokenizer.json</c> that transformers 4 (4.46, <c>DebertaV2Converter</c> and <c>DebertaV2TokenizerFast</c>) makes of an
/// <c>spm.model</c>.
/// </summary>
internal static class ConvertedJson
{
    public static byte[] From(byte[] sentencePiece)
    {
        TokenizerModel model = SentencePieceFile.Parse(sentencePiece, "m");
        object[] vocabulary =
        [
            .. Enumerable.Range(0, model.Vocabulary.Count)
                .Select(id => (object[])[Encoding.UTF8.GetString(model.Vocabulary.Text(id)), model.Vocabulary.Scores[id]]),
        ];
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            version = "1.0",
            truncation = (object?)null,
            padding = (object?)null,
            added_tokens = model.Added.OrderBy(static token => token.Id).Select(static token => new
            {
                id = token.Id,
                content = token.Text,
                single_word = false,
                lstrip = false,
                rstrip = false,
                normalized = token.Normalised,
                special = token.Special,
            }),
            normalizer = new
            {
                type = "Sequence",
                normalizers = (object[])
                [
                    new { type = "Strip", strip_left = true, strip_right = true },
                    new { type = "Precompiled", precompiled_charsmap = Convert.ToBase64String(Characters(sentencePiece)) },
                    new { type = "Replace", pattern = new { Regex = " {2,}" }, content = " " },
                ],
            },
            pre_tokenizer = new
            {
                type = "Sequence",
                pretokenizers = (object[])[new { type = "Metaspace", replacement = "\u2581", prepend_scheme = "always", split = true }],
            },
            post_processor = new { type = "TemplateProcessing" },
            decoder = new { type = "Metaspace", replacement = "\u2581", prepend_scheme = "always", split = true },
            model = new { type = "Unigram", unk_id = model.Unknown, vocab = vocabulary, byte_fallback = false },
        });
    }

    private static byte[] Characters(byte[] sentencePiece)
    {
        var model = new WireReader(sentencePiece, "m", 0);
        while (model.TryReadField())
        {
            if (model.Field != 3)
            {
                model.Skip();
                continue;
            }

            var normaliser = new WireReader(model.ReadBytes(), "m", 0);
            while (normaliser.TryReadField())
            {
                if (normaliser.Field == 2)
                {
                    return normaliser.ReadBytes().ToArray();
                }

                normaliser.Skip();
            }
        }

        return [];
    }
}
