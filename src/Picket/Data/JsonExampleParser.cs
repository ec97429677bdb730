using System.Text;
using System.Text.Json;
using Picket.Data.Text;

namespace Picket.Data;

/// <summary>Reads one line of Picket's own JSON Lines. Safe for use by several threads.</summary>
public static class JsonExampleParser
{
    /// <summary>Reads the row in <paramref name="utf8"/>, which holds one JSON object and no byte order mark.</summary>
    /// <param name="utf8">The line, with or without its end.</param>
    /// <param name="file">The file's name, for errors and for the id of a row that has neither an id nor a source.</param>
    /// <param name="lineNumber">The line's number, from 1.</param>
    /// <exception cref="DataFormatException">The line is not valid UTF-8, not a JSON object, or a field is not what it should be.</exception>
    public static Example Parse(ReadOnlySpan<byte> utf8, string file, long lineNumber)
    {
        if (LineReader.FindInvalidText(utf8, file, lineNumber) is { } invalid)
        {
            throw invalid;
        }

        var row = new JsonExampleRow(utf8, file, lineNumber);
        try
        {
            return row.Read();
        }
        catch (JsonException fault)
        {
            throw JsonNames.Broken(file, lineNumber, fault);
        }
    }

    /// <summary>Reads the row in <paramref name="line"/>, which holds one JSON object.</summary>
    /// <inheritdoc cref="Parse(ReadOnlySpan{byte}, string, long)"/>
    public static Example Parse(string line, string file, long lineNumber)
    {
        ArgumentNullException.ThrowIfNull(line);
        try
        {
            return Parse(StrictUtf8.GetBytes(line), file, lineNumber);
        }
        catch (EncoderFallbackException)
        {
            throw LineReader.InvalidText(file, lineNumber);
        }
    }

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
