namespace Picket.Training.DebertaV2;

/// <summary>A row that a student learns from.</summary>
/// <param name="Id">For errors.</param>
/// <param name="Tokens">Special ones included.</param>
/// <param name="Target">
/// The probability of unsafe that the loss is the cross-entropy to: (1 - λ) teacher + λ label, since both terms of the loss are linear in theirs.
/// </param>
/// <param name="Constant">What is subtracted from that cross-entropy: (1 - λ) times the entropy of the teacher's probability, which makes its term a KL.</param>
/// <param name="Unsafe">The class that it is drawn by.</param>
public sealed record LabelledTokens(string Id, int[] Tokens, double Target, double Constant, bool Unsafe);
