namespace Picket.Chat;

/// <summary>A text to check, and which it is.</summary>
internal readonly record struct PartText(GuardedPart Part, string Text)
{
    public override string ToString() => $"{Part}: {Text.Length} chars";
}
