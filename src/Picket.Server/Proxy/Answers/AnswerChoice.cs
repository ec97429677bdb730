namespace Picket.Server;

/// <summary>One choice of an answer, or what an event of a stream adds to it.</summary>
/// <param name="Index">Which choice.</param>
/// <param name="Pieces">Its texts.</param>
/// <param name="Ends">Whether nothing more follows.</param>
internal sealed record AnswerChoice(int Index, IReadOnlyList<AnswerPiece> Pieces, bool Ends)
{
    /// <summary>Whether the texts are whole and may have been said before.</summary>
    public bool Repeats { get; init; }
}
