using Picket.Data;

namespace Picket.Training.Labelling;

/// <summary>What reports and errors call a row.</summary>
internal static class RowName
{
    private const int MaxIdLength = 80;

    /// <summary>The row's id, where it is plainly one: what is long or has blanks may be a text that stands in the wrong field.</summary>
    public static string? IdOf(Example row) =>
        row.Id.Length is > 0 and <= MaxIdLength && !row.Id.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c)) ? row.Id : null;
}
