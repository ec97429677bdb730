using System.Runtime.CompilerServices;
using System.Text.Json;
using Picket.Data.Text;

namespace Picket.Data.Formats;

/// <summary>Reads JSON Lines, in constant memory: Picket's own the fast way, the others by their mapping.</summary>
internal static class JsonLineRows
{
    public static async IAsyncEnumerable<Example> ReadAsync(
        Stream text, ReadContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = new LineReader(text, context.File);
        long number = 0;
        while (await lines.ReadAsync(cancellationToken))
        {
            if (Parse(lines, context, ++number) is { } example)
            {
                yield return example;
            }
        }
    }

    private static Example? Parse(LineReader lines, ReadContext context, long number)
    {
        try
        {
            return ReferenceEquals(context.Format, FormatTable.Picket)
                ? JsonExampleParser.Parse(lines.Line.Span, context.File, lines.Number)
                : Map(lines, context, number);
        }
        catch (DataFormatException fault) when (context.OnBadRow is not null)
        {
            context.OnBadRow(fault);
            return null;
        }
    }

    private static Example? Map(LineReader lines, ReadContext context, long number)
    {
        if (LineReader.FindInvalidText(lines.Line.Span, context.File, lines.Number) is { } invalid)
        {
            throw invalid;
        }

        try
        {
            using var document = JsonDocument.Parse(lines.Line);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? context.Format.Map(new JsonRow(context, lines.Number, number, document.RootElement))
                : throw new DataFormatException(
                    context.File, lines.Number, null, $"expected a JSON object, found {JsonNames.Of(document.RootElement.ValueKind)}");
        }
        catch (JsonException fault)
        {
            throw JsonNames.Broken(context.File, lines.Number, fault);
        }
    }
}
