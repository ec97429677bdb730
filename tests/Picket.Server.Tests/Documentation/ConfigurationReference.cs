using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text;

namespace Picket.Server.Tests;

/// <summary>Every key of the configuration as Markdown, one table a section, out of the options' types and comments.</summary>
internal static class ConfigurationReference
{
    private static readonly Dictionary<string, string> Names = new()
    {
        [nameof(ServerOptions.Policies)] = "NAME",
        [nameof(ServerOptions.Keys)] = "NAME",
        [nameof(ServerOptions.Routes)] = "ROUTE",
        [nameof(PolicyOptions.CategoryThresholds)] = "CATEGORY",
    };

    public static string Write()
    {
        var text = new StringBuilder();
        Write(text, ServerConfiguration.Section, typeof(ServerOptions));
        return text.ToString().TrimEnd('\n');
    }

    private static void Write(StringBuilder text, string path, Type type)
    {
        text.Append($"### `{path}`\n\n{XmlComments.Of(type)}\n\n| key | value | meaning |\n| --- | --- | --- |\n");
        var sections = new List<(string Path, Type Type)>();
        var enums = new List<Type>();
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            (string key, Type value) = KeyOf(property);
            bool isSection = value.IsClass && value != typeof(string);
            string kind = isSection ? "a section" : Kind(property, value);
            text.Append($"| `{key}` | {kind} | {XmlComments.Of(property)} |\n");
            if (isSection)
            {
                sections.Add(($"{path}:{key}", value));
            }

            enums.AddRange(value.IsEnum ? [value] : []);
        }

        text.Append('\n');
        foreach (Type values in enums.Distinct())
        {
            foreach (string name in Words(values))
            {
                text.Append($"- `{name}`: {XmlComments.OfValue(values, name)}\n");
            }

            text.Append('\n');
        }

        sections.ForEach(section => Write(text, section.Path, section.Type));
    }

    private static (string Key, Type Value) KeyOf(PropertyInfo property)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        Type? generic = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        return generic == typeof(IReadOnlyDictionary<,>) ? ($"{property.Name}:{Names[property.Name]}", type.GetGenericArguments()[1])
            : generic == typeof(IReadOnlyList<>) ? (property.Name, type.GetGenericArguments()[0])
            : (property.Name, type);
    }

    private static string Kind(PropertyInfo property, Type value)
    {
        string kind = value switch
        {
            { IsEnum: true } => string.Join(", ", Words(value).Select(static name => $"`{name}`")),
            _ when value == typeof(bool) => "`true`, `false`",
            _ when value == typeof(string) => "text",
            _ => property.GetCustomAttribute<RangeAttribute>() is { } range ? $"`{range.Minimum}` to `{range.Maximum}`" : "number",
        };
        return typeof(System.Collections.IEnumerable).IsAssignableFrom(property.PropertyType) && property.PropertyType != value
            && !Names.ContainsKey(property.Name) ? $"list of {kind}" : kind;
    }

    // The zero of flags stands for an empty list.
    private static IEnumerable<string> Words(Type type) =>
        Enum.GetNames(type).Where(name => name != "None" || !type.IsDefined(typeof(FlagsAttribute)));
}
