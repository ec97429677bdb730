using Picket.Models.Tokenization;

namespace Picket.Models.Tests.Tokenization;

public sealed class TokenizerFuzzTests
{
    private static readonly string[] s_texts =
    [
        "abc a\u0301b  [SEP] \uFF3B\uFF33\uFF25\uFF30\uFF3D", "", "\ud800x\u0000\u2581\u2581 e\u0301\u0301",
        new string('\uFF53', 300) + "<0x41> \u00BD",
    ];

    [Fact]
    public void LoadSentencePiece_DamagedFile_EndsInATokenizerOrAPicketException()
    {
        byte[] plain = SmallModel.Deberta().ToArray();
        byte[] bytes = SmallModel.Deberta(byteFallback: true).ToArray();
        var random = new Random(1);
        int loaded = 0;
        for (int i = 0; i < 5000; i++)
        {
            var options = new TokenizerOptions { Mode = (TokenizerMode)(i % 3), SpecialTokensInText = (SpecialTokensInText)(i / 3 % 2) };
            byte[] damaged = Mutate(i % 4 == 0 ? bytes : plain, random, ReadOnlySpan<byte>.Empty);
            loaded += EndsWell(() => TokenizerLoader.LoadSentencePiece(damaged, "f", options)) ? 1 : 0;
        }

        Assert.InRange(loaded, 500, 4500);
    }

    [Fact]
    public void LoadJson_DamagedFile_EndsInATokenizerOrAPicketException()
    {
        byte[] file = TokenizerJsonTests.Small();
        var random = new Random(2);
        int loaded = 0;
        for (int i = 0; i < 3000; i++)
        {
            var options = new TokenizerOptions { SpecialTokensInText = (SpecialTokensInText)(i % 2) };
            byte[] damaged = Mutate(file, random, "0123456789-.,[]{}\"\\:eE \0ufalsetruenull"u8);
            loaded += EndsWell(() => TokenizerLoader.LoadJson(damaged, "f", options)) ? 1 : 0;
        }

        Assert.InRange(loaded, 100, 2900);
    }

    /// <summary>A few flips, overwrites, cuts, insertions and repetitions of a stretch.</summary>
    private static byte[] Mutate(byte[] file, Random random, ReadOnlySpan<byte> alphabet)
    {
        List<byte> bytes = [.. file];
        for (int change = random.Next(1, 4); change > 0 && bytes.Count > 0; change--)
        {
            int at = random.Next(2) == 0 ? random.Next(bytes.Count) : random.Next(Math.Min(bytes.Count, 600));
            int length = Math.Min(bytes.Count - at, 1 << random.Next(6));
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = alphabet.IsEmpty ? (byte)random.Next(256) : alphabet[random.Next(alphabet.Length)];
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - length + 1), length));
                    break;
                case 4:
                    byte[] noise = new byte[length];
                    random.NextBytes(noise);
                    bytes.InsertRange(at, noise);
                    break;
                default:
                    bytes = bytes[..at];
                    break;
            }
        }

        return [.. bytes];
    }

    private static bool EndsWell(Func<UnigramTokenizer> load)
    {
        UnigramTokenizer tokenizer;
        try
        {
            tokenizer = load();
        }
        catch (PicketException fault)
        {
            Assert.StartsWith("f", fault.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', fault.Message);
            return false;
        }

        var ids = new TokenBuffer();
        foreach (string text in s_texts)
        {
            tokenizer.Encode(text, ids);
        }

        foreach (int id in ids.Ids)
        {
            Assert.InRange(id, 0, tokenizer.VocabularySize - 1);
        }

        return true;
    }
}
