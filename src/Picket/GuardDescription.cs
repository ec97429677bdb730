namespace Picket;

/// <summary>What a guard says of itself.</summary>
/// <param name="Name">Stands in verdicts as <see cref="Verdict.DecidedBy"/> and in reports.</param>
/// <param name="Kind">The family: <c>ngram</c>, <c>deberta-v2</c>, <c>blend</c>, <c>remote</c>.</param>
/// <param name="FeatureWidth">Length of <see cref="GuardScore.Features"/>; 0 when the guard has none.</param>
/// <param name="MaxTokens">Tokens in one window; 0 when there is no limit. Longer inputs are scored in several windows.</param>
/// <param name="DefaultThreshold">Unsafe when the probability is at least this.</param>
public sealed record GuardDescription(string Name, string Kind, int FeatureWidth = 0, int MaxTokens = 0, double DefaultThreshold = 0.5);
