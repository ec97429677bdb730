using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Picket.Chat;

/// <summary>What a tool was given or gave back, as text: one value a line, without quotes and escapes, so that a guard reads words.</summary>
internal static class ToolText
{
    /// <summary>A call: the tool's name, then the arguments.</summary>
    public static string Of(string name, object? arguments)
    {
        string values = Of(arguments);
        return values.Length == 0 ? name : $"{name}\n{values}";
    }

    /// <summary>Any value; empty for none.</summary>
    public static string Of(object? value)
    {
        switch (value)
        {
            case null:
                return "";
            case string text:
                return text;
            case IEnumerable<AIContent> contents:
                return string.Join('\n', ContentTexts.OfMessage(contents).Select(static part => part.Text));
            default:
                var lines = new StringBuilder();
                Append(Element(value), name: null, lines);
                return lines.ToString().TrimEnd('\n');
        }
    }

    private static JsonElement Element(object value)
    {
        try
        {
            return value as JsonElement? ?? JsonSerializer.SerializeToElement(value, AIJsonUtilities.DefaultOptions.GetTypeInfo(value.GetType()));
        }
        catch (Exception fault) when (fault is NotSupportedException or JsonException or InvalidOperationException)
        {
            // What cannot be sent as JSON is sent as its name for itself.
            string text = value.ToString() ?? "";
            return JsonSerializer.SerializeToElement(text, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(string)));
        }
    }

    private static void Append(JsonElement value, string? name, StringBuilder lines)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                lines.Append(name is null ? "" : $"{name}:\n");
                foreach (JsonProperty property in value.EnumerateObject())
                {
                    Append(property.Value, property.Name, lines);
                }

                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Append(item, name, lines);
                }

                break;
            default:
                lines.Append(name is null ? "" : $"{name}: ").Append(value.ToString()).Append('\n');
                break;
        }
    }
}
