using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Picket.Server;

/// <summary>
/// Fills options from configuration and notes every fault with the key's path: a value that is none, one out of its range, and a key that
/// nothing reads, because a threshold with a spelling mistake would else be the default without a word.
/// </summary>
internal sealed class OptionsBinder(List<string> faults)
{
    public T Bind<T>(IConfigurationSection section)
        where T : class => (T)Object(typeof(T), section);

    private object Object(Type type, IConfigurationSection section)
    {
        object options = Activator.CreateInstance(type)!;
        if (!string.IsNullOrEmpty(section.Value))
        {
            faults.Add($"{section.Path}: expected an object, found a value");
        }

        PropertyInfo[] properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance);
        foreach (IConfigurationSection child in section.GetChildren())
        {
            PropertyInfo? property = Array.Find(properties, known => known.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase));
            if (property is null)
            {
                faults.Add($"{child.Path}: unknown key, expected one of {string.Join(", ", properties.Select(static known => known.Name))}");
            }
            else if (Value(property.PropertyType, child, property.GetCustomAttribute<RangeAttribute>()) is { } value)
            {
                property.SetValue(options, value);
            }
        }

        return options;
    }

    private object? Value(Type type, IConfigurationSection section, RangeAttribute? range)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
        {
            return Dictionary(type.GetGenericArguments()[1], section, range);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            return List(type.GetGenericArguments()[0], section);
        }

        if (type.IsClass && type != typeof(string))
        {
            return Object(type, section);
        }

        // JSON's null, and an environment variable that is set to nothing, leave the default.
        if (string.IsNullOrEmpty(section.Value))
        {
            if (section.GetChildren().Any())
            {
                faults.Add($"{section.Path}: expected a value, found an object");
            }

            return null;
        }

        return Scalar(Nullable.GetUnderlyingType(type) ?? type, section, range);
    }

    private object? Scalar(Type type, IConfigurationSection section, RangeAttribute? range)
    {
        string text = section.Value!;
        object? value = type switch
        {
            _ when type == typeof(string) => text,
            _ when type == typeof(bool) => bool.TryParse(text, out bool parsed) ? parsed : null,
            _ when type == typeof(int) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int parsed) ? parsed : null,
            _ when type == typeof(double) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed)
                ? parsed
                : null,
            _ when type == typeof(TimeSpan) => TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out TimeSpan parsed) ? parsed : null,
            // Enum.TryParse takes numbers too, which say nothing to a reader.
            { IsEnum: true } => Enum.GetNames(type).FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known
                ? Enum.Parse(type, known)
                : null,
            _ => throw new NotSupportedException(type.Name),
        };
        if (value is null)
        {
            faults.Add($"{section.Path}: expected {Expected(type)}, found {text}");
        }
        else if (range?.IsValid(value) == false)
        {
            faults.Add($"{section.Path}: expected {range.Minimum} to {range.Maximum}, found {text}");
        }

        return value;
    }

    private object Dictionary(Type valueType, IConfigurationSection section, RangeAttribute? range)
    {
        Type filled = typeof(Dictionary<,>).MakeGenericType(typeof(string), valueType);
        var values = (System.Collections.IDictionary)Activator.CreateInstance(filled, StringComparer.OrdinalIgnoreCase)!;
        foreach (IConfigurationSection child in section.GetChildren())
        {
            if (Value(valueType, child, range) is { } value)
            {
                values.Add(child.Key, value);
            }
        }

        return values;
    }

    private Array List(Type elementType, IConfigurationSection section)
    {
        object[] values = [.. section.GetChildren().Select(child => Value(elementType, child, range: null)).OfType<object>()];
        if (!string.IsNullOrEmpty(section.Value))
        {
            faults.Add($"{section.Path}: expected a list, found a value");
        }

        var list = Array.CreateInstance(elementType, values.Length);
        values.CopyTo(list, 0);
        return list;
    }

    private static string Expected(Type type) => type switch
    {
        { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(type))}",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) => "a whole number",
        _ when type == typeof(TimeSpan) => "a time as 00:00:10",
        _ => "a number",
    };
}
