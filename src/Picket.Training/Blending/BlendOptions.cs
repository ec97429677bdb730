namespace Picket.Training.Blending;

/// <summary>Settings of a blend.</summary>
public sealed record BlendOptions
{
    /// <summary>The guard's name; 1 to 200 characters.</summary>
    public string Name { get; init; } = "picket-blend";

    /// <summary>
    /// Takes only the rows that a training with this held-out share, or a larger one, did not learn from; above 0 to 0.5. So the members'
    /// own training data can serve. <see langword="null"/> takes all rows, of files that no member learned from.
    /// </summary>
    public double? HeldOutOnly { get; init; }

    /// <summary>Whether the members stay where they are, beside the blend's folder, in place of being copied into it.</summary>
    public bool Link { get; init; }

    /// <summary>Threads to score with; 0 to 1,024, 0 for one a core.</summary>
    public int Threads { get; init; }

    /// <summary>Every value that is out of range, or nothing.</summary>
    public IReadOnlyList<SettingFault> Faults() => SettingFault.Of(
        (!string.IsNullOrWhiteSpace(Name) && Name.Length <= 200, "name", "1 to 200 characters", Name.Length == 0 ? "" : $"{Name.Length}"),
        (HeldOutOnly is null or (> 0 and <= 0.5), "held_out_only", "above 0 to 0.5", HeldOutOnly ?? 0),
        (Threads is >= 0 and <= 1024, "threads", "0 to 1024", Threads));

    /// <summary>Checks every value.</summary>
    /// <exception cref="PicketException">Names all faults together.</exception>
    public void Validate() => SettingFault.ThrowIfAny(Faults());
}
