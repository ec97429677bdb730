using Picket.Evaluation;

namespace Picket.Fairness;

/// <summary>The largest difference of a rate between two terms.</summary>
/// <param name="Difference">
/// The rate of <paramref name="Highest"/> less that of <paramref name="Lowest"/>, with an interval that draws templates. A largest difference
/// of many rates lies above 0 by chance alone, and so does its interval: <paramref name="PValue"/> says whether this one does.
/// </param>
/// <param name="Highest">The term with the highest rate, the first of several; where all are equal, the same as <paramref name="Lowest"/>.</param>
/// <param name="Lowest">The term with the lowest rate, the first of several.</param>
/// <param name="PValue">
/// The share of shuffles with a difference as large: terms change places within each template (a permutation test; one is added to both counts).
/// <see langword="null"/> when none were made.
/// </param>
public sealed record TermGap(Estimate Difference, string Highest, string Lowest, double? PValue);
