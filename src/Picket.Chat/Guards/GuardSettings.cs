using System.Globalization;

namespace Picket.Chat;

/// <summary>The settings in a guard's address, each taken once.</summary>
internal sealed class GuardSettings
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _known = [];

    /// <summary>Reads them.</summary>
    /// <param name="query">Pairs <c>name=value</c> with <c>&amp;</c> between them, escaped.</param>
    /// <exception cref="PicketException">A pair has no name or value, or a name comes twice.</exception>
    public GuardSettings(string query)
    {
        foreach (string pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] sides = [.. pair.Split('=', 2).Select(Uri.UnescapeDataString)];
            if (sides is not [{ Length: > 0 } name, { Length: > 0 } value] || !_values.TryAdd(name, value))
            {
                throw new PicketException($"guard address: expected settings name=value, each once; found '{sides[0]}' otherwise");
            }
        }
    }

    /// <summary>A text; <see langword="null"/> when it is not set.</summary>
    public string? Take(string name)
    {
        _known.Add(name);
        return _values.Remove(name, out string? value) ? value : null;
    }

    /// <summary>One of the choices; the type's default when it is not set.</summary>
    public T? Take<T>(string name, params (string Word, T Value)[] choices)
    {
        string? word = Take(name);
        int at = Array.FindIndex(choices, choice => choice.Word.Equals(word, StringComparison.OrdinalIgnoreCase));
        return word is null ? default
            : at >= 0 ? choices[at].Value
            : throw new PicketException(
                $"guard address: {name}: expected {string.Join(" or ", choices.Select(static choice => choice.Word))}, found '{word}'");
    }

    /// <summary>A whole number; <see langword="null"/> when it is not set.</summary>
    public int? TakeNumber(string name) => Take(name) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
        : throw new PicketException($"guard address: {name}: expected a number, found '{text}'");

    /// <summary>Throws when a setting is left: a misspelt one is not lost.</summary>
    public void CheckAllTaken()
    {
        if (_values.Count > 0)
        {
            throw new PicketException($"guard address: expected the settings {string.Join(", ", _known)}; found '{_values.Keys.First()}'");
        }
    }
}
