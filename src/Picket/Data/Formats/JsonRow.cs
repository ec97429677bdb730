using System.Text.Json;

namespace Picket.Data.Formats;

/// <summary>A JSON object as a row, valid as long as its document.</summary>
internal sealed record JsonRow(ReadContext Context, long Line, long Number, JsonElement Element) : DataRow(Context, Line, Number)
{
    public override string? TextOrNull(string field) => Find(field) is { } value ? Text(field, value) : null;

    public override bool? Flag(string field)
    {
        if (Find(field) is not { } value)
        {
            return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number when value.GetDouble() is 0 or 1 => value.GetDouble() is 1,
            JsonValueKind.Number => throw Fault(field, "expected 0 or 1, found another number"),
            _ => throw Fault(field, $"expected 0 or 1, found {JsonNames.Of(value.ValueKind)}"),
        };
    }

    /// <summary>A field that is one text, or an array of texts that are put together line by line.</summary>
    public string JoinedText(string field) => Find(field) is { ValueKind: JsonValueKind.Array } texts
        ? string.Join('\n', texts.EnumerateArray().Select(text => Text(field, text)))
        : Text(field);

    /// <summary>The names under a field that are set to true, put together with commas; <see langword="null"/> when there are none.</summary>
    public string? TrueNames(string field)
    {
        if (Find(field) is not { ValueKind: JsonValueKind.Object } flags)
        {
            return null;
        }

        string names = string.Join(',', flags.EnumerateObject().Where(flag => flag.Value.ValueKind == JsonValueKind.True).Select(flag => flag.Name));
        return names.Length == 0 ? null : names;
    }

    private JsonElement? Find(string field) =>
        Element.TryGetProperty(field, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private string Text(string field, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            throw Fault(field, $"expected a string, found {JsonNames.Of(value.ValueKind)}");
        }

        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Fault(field, $"holds {JsonNames.LoneSurrogate}");
        }
    }
}
