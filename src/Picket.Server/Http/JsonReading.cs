using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Picket.Server;

/// <summary>Takes typed values out of a request's JSON; what does not fit is a <see cref="RequestFault"/> that names the field.</summary>
internal sealed class JsonReading(LimitOptions limits)
{
    /// <summary>A field of an object; null counts as absent.</summary>
    public static bool Has(JsonElement parent, string name, out JsonElement value) =>
        parent.TryGetProperty(name, out value) && value.ValueKind is not JsonValueKind.Null and not JsonValueKind.Undefined;

    /// <summary>The body itself, which must be an object.</summary>
    public static JsonElement Object(JsonElement value, string field = "body") =>
        value.ValueKind == JsonValueKind.Object ? value : throw RequestFault.Of(field, "an object");

    public static JsonElement Required(JsonElement parent, string name, string expected) =>
        Has(parent, name, out JsonElement value) ? value : throw RequestFault.Of(name, expected);

    /// <summary>A text within the limit. A half of a surrogate pair is no text.</summary>
    public string Text(JsonElement value, string field)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            throw RequestFault.Of(field, "a string");
        }

        string? text;
        try
        {
            text = value.GetString();
        }
        catch (InvalidOperationException)
        {
            throw RequestFault.Of(field, "a string of whole characters, found half of a surrogate pair");
        }

        return text!.Length <= limits.TextLength
            ? text
            : throw RequestFault.TooLarge($"field {field}: expected at most {limits.TextLength} UTF-16 units, found {text.Length}");
    }

    [return: NotNullIfNotNull(nameof(otherwise))]
    public string? Text(JsonElement parent, string name, string? otherwise) =>
        Has(parent, name, out JsonElement value) ? Text(value, name) : otherwise;

    /// <summary>The items of an array that is not empty and within the limit.</summary>
    public JsonElement[] Items(JsonElement array, string field)
    {
        if (array.ValueKind != JsonValueKind.Array || array.GetArrayLength() == 0)
        {
            throw RequestFault.Of(field, "an array with at least one item");
        }

        int count = array.GetArrayLength();
        return count <= limits.Inputs
            ? [.. array.EnumerateArray()]
            : throw RequestFault.TooLarge($"field {field}: expected at most {limits.Inputs} items, found {count}");
    }
}
