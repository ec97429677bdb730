using System.Runtime.InteropServices;
using System.Text.Json;

namespace Picket.Server;

/// <summary>Copies JSON byte by byte, but for what is to be changed.</summary>
internal static class JsonCopy
{
    public static void Value(Utf8JsonWriter json, JsonElement value) =>
        json.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);

    /// <summary>The fields of an object, into one that is open.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="source">An object.</param>
    /// <param name="instead">Writes a field's value in its own way and says so; else the value is copied.</param>
    public static void Fields(Utf8JsonWriter json, JsonElement source, Func<string, JsonElement, bool> instead)
    {
        foreach (JsonProperty field in source.EnumerateObject())
        {
            json.WritePropertyName(field.Name);
            if (!instead(field.Name, field.Value))
            {
                Value(json, field.Value);
            }
        }
    }
}
