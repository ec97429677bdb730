using System.Runtime.CompilerServices;
using CsvHelper;
using Picket.Data.Text;

namespace Picket.Data.Formats;

/// <summary>Reads CSV after RFC 4180 with a header, in constant memory.</summary>
internal static class CsvRows
{
    private const int MaxRowBytes = 256 * 1024 * 1024;

    /// <summary>The header's names, in order; empty where the text begins with none, or a malformed one.</summary>
    public static IReadOnlyList<string> HeaderOf(ReadOnlySpan<byte> text)
    {
        bool malformed = false;
        using CsvReader reader = CsvReader.Create(text.ToArray(), Options(_ => malformed = true));
        string[] names = [.. reader.Headers];
        return malformed ? [] : names;
    }

    public static async IAsyncEnumerable<Example> ReadAsync(
        Stream text, ReadContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var faults = new Queue<DataFormatException>();
        using CsvReader reader = CsvReader.Create(text, Options(record => faults.Enqueue(Fault(record, context))), leaveOpen: true);
        var position = new Position();
        await MoveAsync(reader, position, context, cancellationToken);

        // The parser skips a malformed header like a malformed row, and then takes the first row for one.
        Dictionary<string, int> columns = faults.TryPeek(out DataFormatException? header) ? throw header : Columns(reader.Headers, context);
        await MoveAsync(reader, position, context, cancellationToken);
        long number = 0;
        while (true)
        {
            while (faults.TryDequeue(out DataFormatException? fault))
            {
                context.Report(fault);
            }

            if (position.Ended)
            {
                yield break;
            }

            var row = new CsvRow(context, reader.LineNumber, ++number, reader, columns);
            if (LineReader.ValidLength(reader.RawRecord) is var valid && valid < reader.RawRecord.Length)
            {
                context.Report(LineReader.InvalidText(context.File, reader.LineNumber + LineBreaks(reader.RawRecord[..valid])));
            }
            else if (context.Map(row) is { } example)
            {
                yield return example;
            }

            await MoveAsync(reader, position, context, cancellationToken);
        }
    }

    private static CsvReaderOptions Options(Action<CsvMalformedRecord> onMalformed) => new()
    {
        Separator = ',',
        TrackLineNumbers = true,
        IncludeValuesInExceptions = false,
        MaxRecordSize = MaxRowBytes,
        MalformedData = CsvMalformedDataHandling.Skip,
        FieldCountMismatch = CsvFieldCountHandling.Skip,
        OnMalformedRecord = onMalformed,
    };

    /// <summary>Goes on to the header first, and then to the next row.</summary>
    private static async ValueTask MoveAsync(
        CsvReader reader, Position position, ReadContext context, CancellationToken cancellationToken)
    {
        try
        {
            if (position.NextLine == 1)
            {
                await reader.ReadHeaderAsync(cancellationToken);
                position.NextLine = 2;
                return;
            }

            position.Ended = !await reader.ReadAsync(cancellationToken);
            position.NextLine = position.Ended ? position.NextLine : reader.LineNumber + LineBreaks(reader.RawRecord) + 1;
        }
        catch (Exception fault) when (DataFile.IsReadFault(fault))
        {
            throw DataFile.Unreadable(context.File, position.NextLine, fault);
        }
        catch (CsvFormatException)
        {
            // The parser's own message stays behind: it is not known never to quote the row.
            throw new DataFormatException(
                context.File, position.NextLine, null, $"the row is longer than {MaxRowBytes >> 20} MiB: is a quote left open?");
        }
    }

    private static Dictionary<string, int> Columns(IReadOnlyList<string> headers, ReadContext context)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < headers.Count; i++)
        {
            columns.TryAdd(headers[i], i);
        }

        string[] missing = [.. context.Format.Fields.Where(field => !columns.ContainsKey(field))];
        return missing.Length == 0
            ? columns
            : throw new DataFormatException(
                context.File,
                1,
                missing[0],
                $"the column is missing: {context.Format.Name} has the columns {context.Format.Signature}; found {JsonNames.Shown(headers)}");
    }

    private static DataFormatException Fault(CsvMalformedRecord record, ReadContext context) => new(
        context.File,
        record.LineNumber,
        null,
        record.Reason switch
        {
            CsvMalformedReason.UnterminatedQuote => "a quoted field is not closed before the end of the file",
            CsvMalformedReason.FieldCountMismatch => "has more or fewer fields than the header",
            CsvMalformedReason.TextAfterClosingQuote => "text follows a closing quote, expected a comma or the end of the line",
            _ => "a quote stands inside a field that is not quoted",
        });

    private static int LineBreaks(ReadOnlySpan<byte> text)
    {
        int breaks = 0;
        for (int i; (i = text.IndexOfAny((byte)'\r', (byte)'\n')) >= 0; breaks++)
        {
            text = text[(i + (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n' ? 2 : 1))..];
        }

        return breaks;
    }

    private sealed class Position
    {
        public bool Ended { get; set; }

        public long NextLine { get; set; } = 1;
    }
}
