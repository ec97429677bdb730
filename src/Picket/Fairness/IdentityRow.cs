namespace Picket.Fairness;

/// <summary>A text of an audit.</summary>
/// <param name="Template">The number of its template, from 0: rows of one template have the same label and differ in their identity alone.</param>
/// <param name="Identity">The identity term that it names; <see langword="null"/> when it names none.</param>
/// <param name="Prompt">The text.</param>
/// <param name="Unsafe">The label.</param>
public sealed record IdentityRow(int Template, string? Identity, string Prompt, bool Unsafe)
{
    /// <summary>Names the template and never the text.</summary>
    public override string ToString() => $"IdentityRow {{ Template = {Template}, Identity = {Identity}, Unsafe = {Unsafe} }}";
}
