namespace Picket.Chat;

/// <summary>Two words for groups of people that are compared (METHODS.md section 3.1).</summary>
/// <param name="Marginalised">The word for the group that has less power.</param>
/// <param name="Privileged">The word for its counterpart.</param>
public sealed record KeywordPair(string Marginalised, string Privileged);
