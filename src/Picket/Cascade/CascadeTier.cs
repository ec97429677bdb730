namespace Picket;

/// <summary>One guard of a <see cref="GuardCascade"/> and what leads to the next one.</summary>
/// <param name="Guard">Scores what the tier before it escalated, the first one every input.</param>
/// <param name="Router">
/// Reads this guard's scores and says which inputs the next tier sees; <see langword="null"/> for an <see cref="EntropyRouter"/>. The last
/// tier has none.
/// </param>
public sealed record CascadeTier(IGuard Guard, IRouter? Router = null)
{
    /// <summary>
    /// What becomes of the inputs escalated to this tier when its guard gives no usable answer; <see langword="null"/> (the default) takes
    /// <see cref="GuardCascadeOptions.LargeGuardFailure"/>. The first tier's failure always throws: nothing stands in for it.
    /// </summary>
    public LargeGuardFailure? Failure { get; init; }

    /// <summary>How long one call of this guard may take; <see langword="null"/> (the default) takes the options' timeout. The first tier has none.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>A hard limit on the share of this tier's inputs that goes on; <see langword="null"/> (the default) for none.</summary>
    public EscalationCap? Cap { get; init; }
}
