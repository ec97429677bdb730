using System.Text.Json;
using Picket.Data.Text;

namespace Picket.Data.Formats;

/// <summary>Finds the format of a file in its first bytes. Of several that fit, the one that asks for most fields is taken, then the first.</summary>
internal static class FormatRecogniser
{
    public static Format Recognise(PeekedStream text, string name)
    {
        ReadOnlySpan<byte> beginning = text.Peeked.TrimStart(" \t\r\n"u8);
        if (beginning.IsEmpty)
        {
            throw new DataFormatException(name, null, null, "is empty; name its format if that is no fault");
        }

        if (beginning[0] is not ((byte)'{' or (byte)'['))
        {
            IReadOnlyList<string> header = CsvRows.HeaderOf(beginning);
            return Find(header, RowShape.Csv) ?? throw Unknown(name, "columns", header, [RowShape.Csv]);
        }

        List<string> fields = FirstObjectNames(beginning);
        IReadOnlyCollection<string> nested = JsonDocumentRows.FirstRowNames(beginning);
        return Find(fields, RowShape.JsonLines)
            ?? Find(nested, RowShape.JsonDocument)
            ?? throw Unknown(name, "fields", fields.Count == 0 ? nested : fields, [RowShape.JsonLines, RowShape.JsonDocument]);
    }

    private static Format? Find(IReadOnlyCollection<string> names, RowShape shape) =>
        FormatTable.All.Where(format => format.Shape == shape && format.Fits(names)).MaxBy(format => format.Fields.Length);

    private static DataFormatException Unknown(string name, string what, IEnumerable<string> found, RowShape[] shapes)
    {
        IEnumerable<string> known = FormatTable.All
            .Where(format => shapes.Contains(format.Shape))
            .DistinctBy(format => format.Signature)
            .Select(format => $"{format.Name} ({format.Signature})");
        return new DataFormatException(
            name, 1, null, $"is of no known format; found the {what} {JsonNames.Shown(found)}; looked for {string.Join("; ", known)}");
    }

    private static List<string> FirstObjectNames(ReadOnlySpan<byte> beginning)
    {
        var names = new List<string>();
        var reader = new Utf8JsonReader(beginning, isFinalBlock: false, default);
        try
        {
            while (reader.Read() && !(reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == 0))
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
                {
                    names.Add(reader.GetString()!);
                }
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // What comes before the broken place may be enough; if it is, the reading of the row reports the place.
            return names;
        }

        return names;
    }
}
