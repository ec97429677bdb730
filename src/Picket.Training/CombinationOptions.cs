namespace Picket.Training;

/// <summary>Settings of a guard that is made of finished ones and calibrated on labelled rows.</summary>
public abstract record CombinationOptions
{
    private protected CombinationOptions(string name) => Name = name;

    /// <summary>The guard's name; 1 to 200 characters.</summary>
    public string Name { get; init; }

    /// <summary>
    /// Takes only the rows that a training with this held-out share, or a larger one, did not learn from; above 0 to 0.5. So what the guards
    /// themselves were trained on can serve. <see langword="null"/> takes all rows, of files that none of them learned from.
    /// </summary>
    public double? HeldOutOnly { get; init; }

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
