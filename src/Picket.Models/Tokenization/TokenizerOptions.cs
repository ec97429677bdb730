namespace Picket.Models.Tokenization;

/// <summary>How a tokenizer's file is read.</summary>
public sealed record TokenizerOptions
{
    /// <summary>Whose reading; the default is the one that models published on Hugging Face were trained and measured with.</summary>
    public TokenizerMode Mode { get; init; } = TokenizerMode.HuggingFaceFast;

    /// <summary>What becomes of special tokens that a user types; the default is plain text.</summary>
    public SpecialTokensInText SpecialTokensInText { get; init; } = SpecialTokensInText.Text;
}
