namespace Picket.Chat;

/// <summary>How two judges agree on the answers to harmful requests.</summary>
/// <param name="First">One judge.</param>
/// <param name="Second">The other.</param>
/// <param name="Answers">Answers that both have judged.</param>
/// <param name="Agreement">Share of them on which they say the same; <see langword="null"/> without any.</param>
/// <param name="Kappa">Agreement beyond chance (Cohen 1960); <see langword="null"/> where either says the same of all.</param>
/// <param name="OnlyFirst">Successes for the first alone.</param>
/// <param name="OnlySecond">Successes for the second alone.</param>
public sealed record JudgeAgreement(string First, string Second, int Answers, double? Agreement, double? Kappa, int OnlyFirst, int OnlySecond);
