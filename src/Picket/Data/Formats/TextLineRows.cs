using System.Runtime.CompilerServices;
using System.Text;
using Picket.Data.Text;

namespace Picket.Data.Formats;

/// <summary>Reads plain text, each line that is not blank a row, in constant memory.</summary>
internal static class TextLineRows
{
    public static async IAsyncEnumerable<Example> ReadAsync(
        Stream text, ReadContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = new LineReader(text, context.File);
        while (await lines.ReadAsync(cancellationToken))
        {
            if (LineReader.FindInvalidText(lines.Line.Span, context.File, lines.Number) is { } invalid)
            {
                context.Report(invalid);
                continue;
            }

            yield return new Example
            {
                Id = $"{Path.GetFileName(context.File)}:{lines.Number}",
                Prompt = Encoding.UTF8.GetString(lines.Line.Span),
                Source = context.Format.Name,
            };
        }
    }
}
