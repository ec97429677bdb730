using System.Runtime.CompilerServices;
using Picket.Data.Formats;
using Picket.Data.Text;

namespace Picket.Data;

/// <summary>
/// Reads labelled rows from a file of any known format, recognised by its content. Gzip, UTF-8 and UTF-16 byte order marks and any
/// line ending are seen through. JSON Lines and CSV are streamed in constant memory; a JSON document is read whole.
/// </summary>
public static class ExampleReader
{
    /// <summary>The formats, in the order in which they are looked for.</summary>
    public static IReadOnlyList<ExampleFormat> Formats { get; } = [.. FormatTable.All.Select(format => format.Public)];

    /// <summary>Streams the rows of the file at <paramref name="path"/>, in their order.</summary>
    /// <param name="path">The file; rows and errors are named after it.</param>
    /// <param name="format">One of <see cref="Formats"/>, or <see langword="null"/> to recognise it by content.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="PicketException"><paramref name="format"/> is not one of <see cref="Formats"/>.</exception>
    /// <exception cref="DataFormatException">The file cannot be read, is of no known format, or a row is bad. Thrown while enumerating.</exception>
    public static IAsyncEnumerable<Example> ReadAsync(string path, string? format = null, CancellationToken cancellationToken = default) =>
        ReadAsync(path, new ExampleReaderOptions { Format = format }, cancellationToken);

    /// <inheritdoc cref="ReadAsync(string, string?, CancellationToken)"/>
    /// <param name="path">The file; rows and errors are named after it.</param>
    /// <param name="options">The format, and what to do with a bad row.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static IAsyncEnumerable<Example> ReadAsync(
        string path, ExampleReaderOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        return ReadFileAsync(path, FormatTable.Find(options.Format), options.OnBadRow, cancellationToken);
    }

    /// <summary>Streams the rows of <paramref name="stream"/>, which stays open and need not seek.</summary>
    /// <param name="stream">The data, gzip or not.</param>
    /// <param name="name">What errors and rows without an id are named after.</param>
    /// <param name="options">The format, and what to do with a bad row; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="PicketException">The format's name is not one of <see cref="Formats"/>.</exception>
    /// <exception cref="DataFormatException">The data are of no known format, or a row is bad. Thrown while enumerating.</exception>
    public static IAsyncEnumerable<Example> ReadAsync(
        Stream stream, string name, ExampleReaderOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return ReadStreamAsync(stream, name, FormatTable.Find(options?.Format), options?.OnBadRow, cancellationToken);
    }

    private static async IAsyncEnumerable<Example> ReadFileAsync(
        string path, Format? format, Action<DataFormatException>? onBadRow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using FileStream file = DataFile.Open(path);
        await foreach (Example example in ReadStreamAsync(file, path, format, onBadRow, cancellationToken))
        {
            yield return example;
        }
    }

    private static async IAsyncEnumerable<Example> ReadStreamAsync(
        Stream stream,
        string name,
        Format? format,
        Action<DataFormatException>? onBadRow,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using PeekedStream text = await DataFile.DecodeAsync(stream, name, cancellationToken);
        if (format is not null && text.IsWhole && text.Peeked.Trim(" \t\r\n"u8).IsEmpty)
        {
            yield break;
        }

        var context = new ReadContext(name, format ?? FormatRecogniser.Recognise(text, name), onBadRow);
        IAsyncEnumerable<Example> rows = context.Format.Shape switch
        {
            RowShape.JsonLines => JsonLineRows.ReadAsync(text, context, cancellationToken),
            RowShape.Csv => CsvRows.ReadAsync(text, context, cancellationToken),
            RowShape.TextLines => TextLineRows.ReadAsync(text, context, cancellationToken),
            _ => JsonDocumentRows.ReadAsync(text, context, cancellationToken),
        };
        await foreach (Example example in rows)
        {
            yield return example;
        }
    }
}
