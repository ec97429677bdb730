using Picket.Chat;

namespace Picket.Server;

/// <summary>A text of an answer, or a piece of it.</summary>
/// <param name="Key">Where in the choice it stands: pieces with one key are one text.</param>
/// <param name="Part">What it is.</param>
/// <param name="Text">The text, which is not empty.</param>
internal readonly record struct AnswerPiece(string Key, GuardedPart Part, string Text)
{
    public override string ToString() => $"{Part} {Text.Length} chars";
}
