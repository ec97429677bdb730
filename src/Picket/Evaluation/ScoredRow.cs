namespace Picket.Evaluation;

/// <summary>A scored row with the names it is broken down by.</summary>
internal readonly record struct ScoredRow(ScoredLabel Scored, string? Category, string? Source);
