namespace Picket.Chat;

/// <summary>What a check found of one input.</summary>
/// <param name="Verdict"><see langword="null"/> when the guard failed.</param>
/// <param name="Fault">The type of the exception it failed with.</param>
/// <param name="Unsafe">Judged unsafe, or held so for the failure.</param>
internal readonly record struct Finding(Verdict? Verdict, string? Fault, bool Unsafe);
