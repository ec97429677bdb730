namespace Picket.Models.Tokenization;

/// <summary>Turns a text without added tokens into ids.</summary>
internal interface ITextEncoder
{
    void Append(ReadOnlySpan<char> text, TokenizerScratch scratch, TokenBuffer ids);
}
