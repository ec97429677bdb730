using System.Runtime.CompilerServices;
using System.Text.Json;
using Picket.Data.Text;

namespace Picket.Data.Formats;

/// <summary>Reads the objects in the arrays of one JSON value, which is read whole.</summary>
internal static class JsonDocumentRows
{
    private const int MaxBytes = 1 << 30;

    public static async IAsyncEnumerable<Example> ReadAsync(
        Stream text, ReadContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> json = await ReadWholeAsync(text, context, cancellationToken);
        (List<JsonRow> rows, DataFormatException? fault) = FindRows(json.Span, context);
        foreach (JsonRow row in rows)
        {
            if (context.Map(row) is { } example)
            {
                yield return example;
            }
        }

        if (fault is not null)
        {
            throw fault;
        }
    }

    /// <summary>The field names of the first row, as far as the beginning of a document shows them.</summary>
    public static IReadOnlyCollection<string> FirstRowNames(ReadOnlySpan<byte> beginning)
    {
        var names = new List<string>();
        var reader = new Utf8JsonReader(beginning, isFinalBlock: false, default);
        try
        {
            bool inRow = false;
            int rowDepth = 0;
            bool parentIsArray = false;
            while (reader.Read() && !(inRow && reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == rowDepth))
            {
                if (inRow)
                {
                    if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == rowDepth + 1)
                    {
                        names.Add(reader.GetString()!);
                    }

                    continue;
                }

                inRow = parentIsArray && reader.TokenType == JsonTokenType.StartObject && reader.CurrentDepth <= 2;
                rowDepth = reader.CurrentDepth;
                parentIsArray = reader.TokenType == JsonTokenType.StartArray;
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return names;
        }

        return names;
    }

    private static (List<JsonRow> Rows, DataFormatException? Fault) FindRows(ReadOnlySpan<byte> json, ReadContext context)
    {
        var rows = new List<JsonRow>();
        var reader = new Utf8JsonReader(json);
        var arrays = new Stack<bool>();
        long line = 1;
        int counted = 0;
        bool sawArray = false;
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject when arrays.TryPeek(out bool inArray) && inArray && reader.CurrentDepth <= 2:
                        int start = (int)reader.TokenStartIndex;
                        line += json[counted..start].Count((byte)'\n');
                        counted = start;
                        rows.Add(new JsonRow(context, line, rows.Count + 1, JsonElement.ParseValue(ref reader)));
                        break;
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        arrays.Push(reader.TokenType == JsonTokenType.StartArray);
                        sawArray |= arrays.Peek();
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        arrays.Pop();
                        break;
                }
            }
        }
        catch (JsonException fault)
        {
            return (rows, JsonNames.Broken(context.File, (fault.LineNumber ?? 0) + 1, fault));
        }
        return (rows, sawArray ? null : new DataFormatException(context.File, 1, null, "expected rows in an array, found no array"));
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadWholeAsync(Stream text, ReadContext context, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        byte[] buffer = new byte[128 * 1024];
        try
        {
            for (int count; (count = await text.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                whole.Write(buffer, 0, count);
                if (whole.Length > MaxBytes)
                {
                    throw new DataFormatException(context.File, null, null, $"the JSON document is larger than {MaxBytes >> 20} MiB");
                }
            }
        }
        catch (Exception fault) when (DataFile.IsReadFault(fault))
        {
            throw DataFile.Unreadable(context.File, LineOf(whole, (int)whole.Length), fault);
        }

        Memory<byte> json = whole.GetBuffer().AsMemory(0, (int)whole.Length);
        int valid = LineReader.ValidLength(json.Span);
        return valid == json.Length ? json : throw LineReader.InvalidText(context.File, LineOf(whole, valid));
    }

    private static long LineOf(MemoryStream whole, int offset) => whole.GetBuffer().AsSpan(0, offset).Count((byte)'\n') + 1;
}
