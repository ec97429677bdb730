using System.Text;

namespace Picket.Models.Tokenization;

/// <summary>sentencepiece's way: the whole text is normalised and then one path.</summary>
internal sealed class SentencePieceEncoder(SentencePieceNormaliser normaliser, UnigramPath<FloatSum> path) : ITextEncoder
{
    public void Append(ReadOnlySpan<char> text, TokenizerScratch scratch, TokenBuffer ids)
    {
        // Unpaired surrogates become U+FFFD here.
        scratch.Source.Count = 0;
        Encoding.UTF8.GetBytes(text, scratch.Source.Append(Encoding.UTF8.GetByteCount(text)));
        scratch.Normalised.Count = 0;
        normaliser.Append(scratch.Source.Written, scratch.Normalised);
        path.Append(scratch.Normalised.Written, scratch, ids);
    }
}
