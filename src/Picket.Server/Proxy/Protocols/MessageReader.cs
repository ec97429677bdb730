using System.Text.Json;
using Microsoft.Extensions.AI;
using Picket.Chat;

namespace Picket.Server;

/// <summary>Reads the texts of one message, or of one item of a conversation.</summary>
internal static class MessageReader
{
    // The fields whose texts are read. Another server might take "Content" for "content", and so for another text than the one that was checked.
    private static readonly string[] Known =
        ["role", "type", "content", "text", "refusal", "output", "name", "arguments", "input", "tool_calls", "function_call", "function", "custom"];

    /// <summary>Refuses a field that differs from a known one in upper and lower case alone.</summary>
    /// <exception cref="RequestFault">There is one.</exception>
    public static JsonElement Exact(JsonElement value, string field, params IReadOnlyList<string> known)
    {
        foreach (JsonProperty property in JsonReading.Object(value, field).EnumerateObject())
        {
            foreach (string name in known)
            {
                if (name.Equals(property.Name, StringComparison.OrdinalIgnoreCase) && name != property.Name)
                {
                    throw RequestFault.Of(field, $"{name} in this spelling, found it in another");
                }
            }
        }

        return value;
    }

    /// <summary>The message; contents that are no text are in it as such.</summary>
    /// <exception cref="RequestFault">It is none.</exception>
    public static ChatMessage Read(JsonElement message, string field, JsonReading reading)
    {
        Exact(message, field, Known);
        string type = reading.Text(message, "type", "message");
        string role = reading.Text(message, "role", "");
        return type switch
        {
            _ when type.EndsWith("_output", StringComparison.Ordinal) => new(ChatRole.Tool, [Result(message, "output", reading)]),
            "function_call" or "custom_tool_call" => new(ChatRole.Assistant, [Call(message, reading)]),
            _ when role is "tool" or "function" => new(ChatRole.Tool, [Result(message, "content", reading)]),
            "message" or "" => new(new ChatRole(role.Length == 0 ? "user" : role), Contents(message, reading)),

            // Other items are the model's own, or of nobody: they begin no turn.
            _ => new(new ChatRole(role.Length == 0 ? "other" : role), Contents(message, reading)),
        };
    }

    /// <summary>A text, or an array of parts.</summary>
    public static List<AIContent> Texts(JsonElement content, string field, JsonReading reading)
    {
        switch (content.ValueKind)
        {
            case JsonValueKind.String:
                return [new TextContent(reading.Text(content, field))];
            case JsonValueKind.Array:
                return [.. content.EnumerateArray().Select((part, i) => Part(part, $"{field}[{i}]", reading))];
            default:
                throw RequestFault.Of(field, "a string or an array of parts");
        }
    }

    private static List<AIContent> Contents(JsonElement message, JsonReading reading)
    {
        List<AIContent> contents = JsonReading.Has(message, "content", out JsonElement content) ? Texts(content, "content", reading) : [];
        if (JsonReading.Has(message, "tool_calls", out JsonElement calls) && calls.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement call in calls.EnumerateArray())
            {
                string kind = JsonReading.Has(JsonReading.Object(call, "tool_calls"), "custom", out _) ? "custom" : "function";
                contents.Add(Call(JsonReading.Object(JsonReading.Required(call, kind, "an object"), kind), reading));
            }
        }

        return contents;
    }

    private static AIContent Part(JsonElement part, string field, JsonReading reading)
    {
        if (part.ValueKind == JsonValueKind.String)
        {
            return new TextContent(reading.Text(part, field));
        }

        Exact(part, field, Known);
        return JsonReading.Has(part, "text", out JsonElement text) || JsonReading.Has(part, "refusal", out text)
            ? new TextContent(reading.Text(text, $"{field}.text"))
            : new AIContent();
    }

    private static FunctionCallContent Call(JsonElement call, JsonReading reading)
    {
        Exact(call, "tool_calls", Known);
        string arguments = reading.Text(call, "arguments", null) ?? reading.Text(call, "input", "");
        return new FunctionCallContent("", reading.Text(call, "name", ""), new Dictionary<string, object?> { [""] = JsonEscapes.Undo(arguments) });
    }

    private static FunctionResultContent Result(JsonElement message, string name, JsonReading reading) => new(
        "", JsonReading.Has(message, name, out JsonElement output)
            ? string.Join('\n', Texts(output, name, reading).OfType<TextContent>().Select(static text => text.Text))
            : "");
}
