namespace Picket.Evaluation;

/// <summary>One scored and labelled row: all that metrics read.</summary>
/// <param name="UnsafeProbability">The guard's probability in [0, 1].</param>
/// <param name="Unsafe">The label.</param>
public readonly record struct ScoredLabel(double UnsafeProbability, bool Unsafe);
