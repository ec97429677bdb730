namespace Picket.Chat;

/// <summary>What a caller gets in place of a blocked text.</summary>
public enum BlockedAnswer
{
    /// <summary>A message with <see cref="GuardingOptions.RefusalText"/>, finished by the content filter.</summary>
    Refusal,

    /// <summary>A <see cref="GuardBlockedException"/>.</summary>
    Exception,
}
