namespace Picket.Cli;

/// <summary>A stage's part of a recipe.</summary>
/// <param name="path">The recipe.</param>
/// <param name="name">The stage, which is the section's key.</param>
/// <param name="entries">Its values, under their keys in the section.</param>
internal sealed class RecipeSection(string path, string name, IReadOnlyList<SettingsEntry> entries)
{
    private readonly List<SettingsEntry> _left = [.. entries];

    /// <summary>The values that nobody has taken yet, in the file's order.</summary>
    public IReadOnlyList<SettingsEntry> Left => _left;

    /// <summary>Where the section stands, for faults.</summary>
    public string Here => $"{path}, key \"{name}\"";

    /// <summary>Where a value stands, for faults.</summary>
    public string Place(SettingsEntry entry) => $"{path}, line {entry.Line}, key \"{SettingValue.Shown($"{name}.{entry.Key}")}\"";

    /// <summary>Where a value would stand that is not there.</summary>
    public string Missing(string key) => $"{path}, key \"{name}.{key}\"";

    /// <summary>Where the file or folder of that name stands, or would.</summary>
    public string PlaceOf(string text) => entries.FirstOrDefault(entry => entry.Text == text) is { } entry ? Place(entry) : Here;

    /// <summary>Takes the values of a key: none, one, or those of a list.</summary>
    public IReadOnlyList<string> TakeAll(string key)
    {
        string[] found = [.. _left.Where(entry => entry.Key == key).Select(static entry => entry.Text)];
        _left.RemoveAll(entry => entry.Key == key);
        return found;
    }

    /// <summary>
    /// Takes the file of <paramref name="key"/>, which is to be there where no earlier stage makes it, and only there.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="made">The file that the stage before makes; <see langword="null"/> without one.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public string TakeInput(string key, string? made, ICollection<string> faults)
    {
        IReadOnlyList<string> named = TakeAll(key);
        if (made is null && named is not [{ Length: > 0 }])
        {
            faults.Add($"{Missing(key)}: expected one file, found {(named.Count > 1 ? "a list" : "none")}");
        }
        else if (made is not null && named.Count > 0)
        {
            faults.Add($"{Missing(key)}: expected none, as the stage before makes it, found one");
        }

        return made ?? named.FirstOrDefault("");
    }
}
