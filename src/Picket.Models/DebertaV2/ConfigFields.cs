using System.Globalization;
using System.Text.Json;
using Picket.Models.Formats;

namespace Picket.Models.DebertaV2;

/// <summary>The fields of a Hugging Face configuration, read one by one while their faults gather; <c>null</c> is as good as absent.</summary>
internal sealed class ConfigFields : IDisposable
{
    private readonly JsonDocument _json;
    private readonly string _file;
    private readonly List<string> _faults = [];

    private ConfigFields(JsonDocument json, string file)
    {
        _json = json;
        _file = file;
    }

    /// <summary>Reads the object.</summary>
    /// <exception cref="PicketException">There is none.</exception>
    public static ConfigFields Parse(ReadOnlyMemory<byte> json, string file)
    {
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 32, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return new ConfigFields(document, file);
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            string where = fault is JsonException { LineNumber: { } line } ? $"{file}, line {line + 1}" : file;
            throw new PicketException($"{where}: expected a JSON object: {fault.Message.Split(" LineNumber: ")[0]}".ReplaceLineEndings(" "), fault);
        }

        JsonValueKind found = document.RootElement.ValueKind;
        document.Dispose();
        throw new PicketException($"{file}: expected a JSON object, found {found}");
    }

    /// <summary>A field's value, or <see langword="null"/>.</summary>
    public JsonElement? this[string name] =>
        _json.RootElement.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>Notes a fault.</summary>
    public void Fault(string name, string expected, object found) => _faults.Add($"field \"{name}\": expected {expected}, found {found}");

    /// <summary>A whole number; a Python writer may have made it 512.0.</summary>
    public int Int(string name, int absent, int least, int most)
    {
        if (this[name] is not { } value)
        {
            return absent;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number >= least && number <= most
            && number == Math.Floor(number))
        {
            return (int)number;
        }

        Fault(name, $"a whole number from {least} to {most}", Shown(value));
        return Math.Clamp(absent, least, most);
    }

    /// <summary>A number above 0 and up to <paramref name="most"/>.</summary>
    public float Positive(string name, float absent, float most)
    {
        if (this[name] is not { } value)
        {
            return absent;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out float number) && number > 0 && number <= most)
        {
            return number;
        }

        Fault(name, $"a number above 0 and up to {most}", Shown(value));
        return absent;
    }

    /// <summary>A field that the engine computes for one value only.</summary>
    public void RequireText(string name, string? absent, string expected)
    {
        if (this[name] is not { } value)
        {
            if (absent != expected)
            {
                Fault(name, $"\"{expected}\"", Absent(absent));
            }
        }
        else if (value.ValueKind != JsonValueKind.String || !value.ValueEquals(expected))
        {
            Fault(name, $"\"{expected}\"", Shown(value));
        }
    }

    /// <summary>A switch that the engine knows in one position only.</summary>
    public void RequireFlag(string name, bool absent, bool expected)
    {
        string wanted = expected ? "true" : "false";
        if (this[name] is not { } value)
        {
            if (absent != expected)
            {
                Fault(name, wanted, Absent(absent ? "true" : "false"));
            }
        }
        else if (value.ValueKind != (expected ? JsonValueKind.True : JsonValueKind.False))
        {
            Fault(name, wanted, Shown(value));
        }
    }

    /// <summary>A number that the engine knows with one value only, which is also what its absence means.</summary>
    public void RequireInt(string name, int expected)
    {
        if (this[name] is { } value && !(value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number == expected))
        {
            Fault(name, expected.ToString(CultureInfo.InvariantCulture), Shown(value));
        }
    }

    /// <summary>Raises one exception for all faults.</summary>
    /// <exception cref="PicketException">There is a fault.</exception>
    public void ThrowFaults()
    {
        if (_faults.Count > 0)
        {
            throw new PicketException($"{_file}, {string.Join("; ", _faults)}");
        }
    }

    /// <summary>What a field holds, as one short line.</summary>
    public static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.String => $"\"{SafetensorsHeader.Shown(value.GetString()!)}\"",
        _ => SafetensorsHeader.Shown(value.GetRawText().ReplaceLineEndings(" ")),
    };

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    private static string Absent(string? meaning) => meaning is null ? "none" : $"none, which means {meaning}";
}
