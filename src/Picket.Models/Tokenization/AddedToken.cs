namespace Picket.Models.Tokenization;

/// <summary>A text that a Hugging Face tokenizer cuts out before the model sees the rest.</summary>
/// <param name="Text">The text.</param>
/// <param name="Id">Its id, which may lie after those of the pieces.</param>
/// <param name="Special">Whether it is one of the model's own marks; a symbol that the model's maker defined is not.</param>
/// <param name="Normalised">Whether it is looked for in the normalised text, not in the text as it is.</param>
/// <param name="StripsLeft">Whether white space before it goes with it.</param>
/// <param name="StripsRight">Whether white space after it goes with it.</param>
internal sealed record AddedToken(
    string Text, int Id, bool Special, bool Normalised = false, bool StripsLeft = false, bool StripsRight = false);
