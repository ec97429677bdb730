using System.Text.Json;

namespace Picket.Chat;

/// <summary>Reads what servers may leave out.</summary>
internal static class JsonFields
{
    /// <summary>The field; <see langword="null"/> when it is missing or null.</summary>
    /// <exception cref="InvalidOperationException"><paramref name="parent"/> is no object.</exception>
    public static JsonElement? Field(this JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
