namespace Picket.Models.Tokenization;

/// <summary>The types of <c>sentencepiece_model.proto</c>, by their numbers there.</summary>
internal enum PieceKind : byte
{
    Normal = 1,
    Unknown = 2,
    Control = 3,
    UserDefined = 4,
    Unused = 5,
    Byte = 6,
}
