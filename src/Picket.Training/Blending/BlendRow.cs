namespace Picket.Training.Blending;

/// <summary>A labelled row that every member of a blend has scored.</summary>
/// <param name="Prompt">Rows that share it stay in one part of the cross-validation.</param>
/// <param name="Unsafe">The label.</param>
/// <param name="Logits">The members' logits, in their order.</param>
public sealed record BlendRow(string Prompt, bool Unsafe, IReadOnlyList<double> Logits);
