using System.Text.Json;

namespace Picket.Data;

/// <summary>What error messages call the parts of JSON.</summary>
internal static class JsonNames
{
    public const string LoneSurrogate = "an escape that is half a character (a lone surrogate)";

    public static string Of(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        _ => "null",
    };

    public static string Of(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.Null => "null",
        _ => "nothing",
    };

    /// <summary>A name from the data as an error may show it: what is not plainly a name could be a row's text in the wrong place.</summary>
    public static string Shown(string name) =>
        name.Length is > 0 and <= 40 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') ? name : "(not a plain name)";

    /// <summary>The first names of a row as an error may show them.</summary>
    public static string Shown(IEnumerable<string> names)
    {
        const int MaxNames = 12;
        string[] all = [.. names];
        string shown = string.Join(", ", all.Take(MaxNames).Select(Shown));
        return all.Length switch { 0 => "none", <= MaxNames => shown, _ => $"{shown} and {all.Length - MaxNames} more" };
    }

    /// <summary>The error for JSON that breaks off or is none. The parser's own message stays behind: it can quote the data.</summary>
    public static DataFormatException Broken(string file, long line, JsonException fault) =>
        new(file, line, null, $"is not one whole JSON object: it breaks at byte {(fault.BytePositionInLine ?? 0) + 1} of the line");

    /// <summary>Whether every string and name in <paramref name="element"/> is text, without half characters.</summary>
    public static bool IsText(JsonElement element)
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.String => element.GetString() is not null,
                JsonValueKind.Array => element.EnumerateArray().All(IsText),
                JsonValueKind.Object => element.EnumerateObject().All(property => property.Name is not null && IsText(property.Value)),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
