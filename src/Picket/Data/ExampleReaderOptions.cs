namespace Picket.Data;

/// <summary>How <see cref="ExampleReader"/> reads.</summary>
public sealed class ExampleReaderOptions
{
    /// <summary>
    /// The name of the format, one of <see cref="ExampleReader.Formats"/>; <see langword="null"/> (the default) recognises it by content.
    /// </summary>
    public string? Format { get; init; }

    /// <summary>
    /// Told of each bad row, after which reading goes on with the next one. <see langword="null"/> (the default) throws at the first.
    /// A fault after which no row can be found any more, such as a truncated gzip file, is thrown either way.
    /// </summary>
    public Action<DataFormatException>? OnBadRow { get; init; }
}
