namespace Picket.Training.Blending;

/// <summary>Settings of a blend.</summary>
public sealed record BlendOptions() : CombinationOptions("picket-blend")
{
    /// <summary>Whether the members stay where they are, beside the blend's folder, in place of being copied into it.</summary>
    public bool Link { get; init; }
}
