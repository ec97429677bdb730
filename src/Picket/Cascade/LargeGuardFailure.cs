namespace Picket;

/// <summary>What a cascade does with escalated inputs when the large guard fails, is late or answers nonsense.</summary>
public enum LargeGuardFailure
{
    /// <summary>The verdict is unsafe, with the small guard's probability.</summary>
    TreatAsUnsafe,

    /// <summary>The small guard decides.</summary>
    UseSmallVerdict,

    /// <summary>The check throws a <see cref="PicketException"/>.</summary>
    Throw,
}
