using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Picket.Cli;

/// <summary>What is on, off, or as it best goes with the rest.</summary>
internal enum Switch
{
    Auto,
    True,
    False,
}

/// <summary>Values of settings as text: whole numbers, numbers, true and false, texts.</summary>
internal static class SettingValue
{
    private const int MaxShown = 40;

    /// <summary>What a value of <paramref name="type"/> looks like, in words.</summary>
    public static string Expected(Type type) => type switch
    {
        _ when type == typeof(string) => "a text",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(Switch) => "true, false or auto",
        _ when type == typeof(int) || type == typeof(long) => "a whole number",
        _ => "a number",
    };

    /// <summary>The value of a text; <see langword="null"/> when it is none of that type.</summary>
    public static object? Parse(Type type, string text)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        return type switch
        {
            _ when type == typeof(string) => text,
            _ when type == typeof(bool) => bool.TryParse(text, out bool value) ? value : null,
            _ when type == typeof(Switch) => Enum.GetValues<Switch>()
                .Where(value => Format(value).Equals(text, StringComparison.OrdinalIgnoreCase)).Cast<object?>().FirstOrDefault(),
            _ when type == typeof(int) => int.TryParse(text, NumberStyles.AllowLeadingSign, culture, out int value) ? value : null,
            _ when type == typeof(long) => long.TryParse(text, NumberStyles.AllowLeadingSign, culture, out long value) ? value : null,
            _ when type == typeof(float) => float.TryParse(text, NumberStyles.Float, culture, out float value) ? value : null,
            _ when type == typeof(double) => double.TryParse(text, NumberStyles.Float, culture, out double value) ? value : null,
            _ => throw new ArgumentException($"No setting is of type {type.Name}.", nameof(type)),
        };
    }

    /// <summary>The value as people write it; <see cref="Parse"/> gives the same value back.</summary>
    public static string Format(object value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        Switch position => position switch { Switch.True => "true", Switch.False => "false", _ => "auto" },
        float or double => Number(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)),
        _ => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
    };

    /// <summary>The value as YAML has it: a text in quotes wherever it could be taken for something else.</summary>
    public static string Yaml(object value) =>
        value is string text && !IsPlain(text)
            ? $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\""
            : Format(value);

    /// <summary>A value as an error may show it: what is long or no plain text could be the content of a wrong file.</summary>
    public static string Shown(string text) =>
        text.Length == 0 ? "nothing" : text.Length <= MaxShown && !text.Any(char.IsControl) ? text : $"{text.Length} characters of text";

    // 3E-05 is a text to some readers of YAML, 3.0e-05 a number to all.
    private static string Number(string text) =>
        text.Split('E') is [string digits, string power] ? $"{digits}{(digits.Contains('.') ? "" : ".0")}e{power}" : text;

    private static bool IsPlain(string text) =>
        text.Length > 0
        && char.IsAsciiLetter(text[0])
        && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '/' or '_' or '-')
        && text.ToUpperInvariant() is not ("TRUE" or "FALSE" or "YES" or "NO" or "ON" or "OFF" or "NULL" or "Y" or "N");
}
