using System.Text.Json;
using System.Text.Unicode;

namespace Picket.Cli;

/// <summary>Reads one JSON object from its bytes. Fields other than id, prompt and response are passed over.</summary>
internal static class CheckRowParser
{
    /// <summary>Reads the row.</summary>
    /// <exception cref="PicketException">The row is none; the message names file, line and field and holds nothing of the row.</exception>
    public static CheckRow Parse(ReadOnlySpan<byte> bytes, string file, long line)
    {
        if (!Utf8.IsValid(bytes))
        {
            throw Fault(file, line, null, "UTF-8", $"an invalid byte at offset {Utf8Faults.FirstInvalidByte(bytes)}");
        }

        var reader = new Utf8JsonReader(bytes);
        string? id = null;
        string? prompt = null;
        string? response = null;
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw Fault(file, line, null, "an object", Kind(reader.TokenType));
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("prompt"u8))
                {
                    Read(ref reader, ref prompt, "prompt", file, line);
                }
                else if (reader.ValueTextEquals("response"u8))
                {
                    Read(ref reader, ref response, "response", file, line);
                }
                else if (reader.ValueTextEquals("id"u8))
                {
                    Read(ref reader, ref id, "id", file, line);
                }
                else
                {
                    reader.Skip();
                }
            }

            reader.Read();
        }
        catch (JsonException fault)
        {
            throw Fault(file, line, null, "an object", $"broken JSON at byte {fault.BytePositionInLine}", fault);
        }

        return new CheckRow(new RowName(line, id), new GuardInput(prompt ?? throw Fault(file, line, "prompt", "text", "nothing"), response));
    }

    private static void Read(ref Utf8JsonReader reader, ref string? value, string field, string file, long line)
    {
        // With two of them, another reader of the same row may see the one that was not scored.
        if (value is not null)
        {
            throw Fault(file, line, field, "one value", "two");
        }

        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && field == "id")
        {
            value = System.Text.Encoding.UTF8.GetString(reader.ValueSpan);
        }
        else if (reader.TokenType == JsonTokenType.String)
        {
            try
            {
                value = reader.GetString();
            }
            catch (InvalidOperationException fault)
            {
                throw Fault(file, line, field, "text", "half of a surrogate pair", fault);
            }
        }
        else if (reader.TokenType != JsonTokenType.Null || field == "prompt")
        {
            throw Fault(file, line, field, "text", Kind(reader.TokenType));
        }
    }

    private static string Kind(JsonTokenType type) => type switch
    {
        JsonTokenType.StartArray => "an array",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.Number => "a number",
        JsonTokenType.String => "text",
        JsonTokenType.Null => "null",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        _ => "nothing",
    };

    private static PicketException Fault(string file, long line, string? field, string expected, string found, Exception? cause = null) =>
        new($"{file}, line {line}{(field is null ? "" : $", field \"{field}\"")}: expected {expected}, found {found}", cause);
}
