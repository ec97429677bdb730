using System.Text.Json;

namespace Picket.Models.Tokenization;

/// <summary>A value of a JSON file that knows where it stands: each reading says in one line what was expected there.</summary>
internal readonly struct JsonField(JsonElement element, string file, string path = "")
{
    public JsonElement Element => element;

    public string Where => path.Length == 0 ? file : $"{file}, field \"{path}\"";

    /// <summary>The field of this name.</summary>
    public JsonField this[string name] =>
        TryGet(name, out JsonField field) ? field : throw Fault($"an object with the field \"{name}\"", null);

    public bool TryGet(string name, out JsonField field)
    {
        JsonElement value = default;
        bool found = element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out value);
        field = new JsonField(value, file, path.Length == 0 ? name : $"{path}.{name}");
        return found;
    }

    public JsonField At(JsonElement entry, int index) => new(entry, file, $"{path}[{index}]");

    public JsonElement.ArrayEnumerator Array() =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : throw Fault("an array", null);

    public string Text() => element.ValueKind == JsonValueKind.String ? element.GetString()! : throw Fault("a text", null);

    public void RequireText(string expected)
    {
        if (Text() != expected)
        {
            throw Fault($"\"{expected}\"", Shown.Text(Text()));
        }
    }

    public bool Bool() => element.ValueKind is JsonValueKind.True or JsonValueKind.False ? element.GetBoolean() : throw Fault("true or false", null);

    public int Int32(int least, int most) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out int value) && value >= least && value <= most
            ? value
            : throw Fault($"a whole number from {least} to {most}", null);

    private PicketException Fault(string expected, string? found) =>
        new($"{Where}: expected {expected}, found {found ?? $"a value of kind {element.ValueKind}"}");
}
