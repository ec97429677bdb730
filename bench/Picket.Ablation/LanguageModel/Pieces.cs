using System.Text.RegularExpressions;

namespace Picket.Ablation;

/// <summary>Cuts a text into words and marks, each with the space before it, so that pieces put together are the text again.</summary>
internal static partial class Pieces
{
    /// <summary>The pieces of a text, in which a run of whitespace counts as one space.</summary>
    public static IEnumerable<string> Of(string text) => Piece().Matches(Whitespace().Replace(text, " ")).Select(static match => match.Value);

    /// <summary>Whether a text that ends with this piece may go on within it: a word that could be longer, or a space without its word.</summary>
    public static bool IsOpen(string piece) => piece == " " || char.IsLetterOrDigit(piece[^1]);

    [GeneratedRegex(@" ?[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}\p{N}]+)*| ?(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|\S)| ", RegexOptions.None, 10_000)]
    private static partial Regex Piece();

    [GeneratedRegex(@"\s+", RegexOptions.None, 10_000)]
    private static partial Regex Whitespace();
}
