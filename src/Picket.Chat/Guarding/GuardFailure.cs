namespace Picket.Chat;

/// <summary>What becomes of a text that the cascade gives no verdict on, because it throws.</summary>
public enum GuardFailure
{
    /// <summary>It is blocked, and <see cref="PartVerdict.Fault"/> says why.</summary>
    TreatAsUnsafe,

    /// <summary>It goes out unscored and is counted in <see cref="PartVerdict.Bypassed"/>.</summary>
    LetPass,

    /// <summary>The call throws a <see cref="PicketException"/>; nothing of the text has gone out.</summary>
    Throw,
}
