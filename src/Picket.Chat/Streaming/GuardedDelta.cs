namespace Picket.Chat;

/// <summary>What a <see cref="StreamGuard"/> lets go.</summary>
/// <param name="Text">What follows the text that was let go before; may be empty.</param>
/// <param name="Block">
/// Why nothing more will follow; <see langword="null"/> as long as nothing is blocked. Text that was found safe before the block comes with it.
/// </param>
public readonly record struct GuardedDelta(string Text, PartVerdict? Block)
{
    /// <summary>Names the length and never the text.</summary>
    public override string ToString() => $"GuardedDelta {{ Text = {Text?.Length ?? 0} chars, Blocked = {Block is not null} }}";
}
