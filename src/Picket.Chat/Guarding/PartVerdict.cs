namespace Picket.Chat;

/// <summary>What became of one text of a chat, over all the windows it was scored in.</summary>
/// <param name="Part">Which text.</param>
/// <param name="Unsafe">
/// Whether the text is held unsafe: by a verdict, or because the guard failed and <see cref="StreamGuardOptions.GuardFailure"/> does not let it pass.
/// </param>
/// <param name="Verdict">The first unsafe verdict; without one, that of the highest probability; <see langword="null"/> when there is none.</param>
public sealed record PartVerdict(GuardedPart Part, bool Unsafe, Verdict? Verdict)
{
    /// <summary>The message or choice; <see langword="null"/> where it has no name.</summary>
    public string? MessageId { get; init; }

    /// <summary>Windows that got a verdict. A text of the prompt is one.</summary>
    public int Windows { get; init; }

    /// <summary>Of these, the ones whose verdict is degraded (<see cref="Picket.Verdict.Degraded"/>).</summary>
    public int Degraded { get; init; }

    /// <summary>Windows that no guard scored and that were let pass.</summary>
    public int Bypassed { get; init; }

    /// <summary>The type of the last exception that a guard failed with; its message may quote the text and is left out.</summary>
    public string? Fault { get; init; }
}
