namespace Picket.Training;

/// <summary>A setting that is out of its range.</summary>
/// <param name="Key">The property in snake_case, behind the record that it is nested in: <c>training.learning_rate</c>.</param>
/// <param name="Expected">What it may be, in words.</param>
/// <param name="Found">What it is.</param>
public sealed record SettingFault(string Key, string Expected, string Found)
{
    /// <summary>One line without a place: <c>training.epochs: expected 1 to 1000, found 0</c>.</summary>
    public override string ToString() => $"{Key}: expected {Expected}, found {Found}";

    /// <summary>The faults of those checks that do not hold, in their order.</summary>
    internal static IReadOnlyList<SettingFault> Of(params ReadOnlySpan<(bool Holds, string Key, string Expected, object Found)> checks)
    {
        var faults = new List<SettingFault>();
        foreach ((bool holds, string key, string expected, object found) in checks)
        {
            if (!holds)
            {
                faults.Add(new SettingFault(key, expected, found is "" ? "none" : $"{found}"));
            }
        }

        return faults;
    }

    /// <summary>The fault of a record that is nested in another.</summary>
    internal SettingFault Under(string section) => this with { Key = $"{section}.{Key}" };

    /// <summary>Throws when there is a fault, with all of them.</summary>
    internal static void ThrowIfAny(IReadOnlyList<SettingFault> faults)
    {
        if (faults.Count > 0)
        {
            throw new PicketException(string.Join("; ", faults));
        }
    }
}
