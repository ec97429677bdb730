namespace Picket.Data.Text;

/// <summary>Opens data files and makes UTF-8 without a byte order mark of what they hold.</summary>
internal static class DataFile
{
    // Enough for the first row of every format, and so for recognising it.
    private const int PeekedBytes = 64 * 1024;

    public static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataFormatException(path, null, null, "there is no such file", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new DataFormatException(path, null, null, Directory.Exists(path) ? "is a folder, expected a file" : "cannot be opened", fault);
        }
    }

    /// <summary>The caller disposes the result; <paramref name="raw"/> stays open.</summary>
    public static async ValueTask<PeekedStream> DecodeAsync(Stream raw, string name, CancellationToken cancellationToken)
    {
        try
        {
            PeekedStream bytes = await PeekedStream.CreateAsync(raw, PeekedBytes, leaveOpen: true, cancellationToken);
            if (bytes.StartsWith([0x1F, 0x8B]))
            {
                bytes = await PeekedStream.CreateAsync(new WholeGzipStream(bytes), PeekedBytes, leaveOpen: false, cancellationToken);
            }
            else if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            {
                throw new DataFormatException(name, null, null, "expected gzip data because of the name, found something else");
            }

            if (bytes.StartsWith([0xFF, 0xFE]) || bytes.StartsWith([0xFE, 0xFF]))
            {
                return await PeekedStream.CreateAsync(new Utf16ToUtf8Stream(bytes), PeekedBytes, leaveOpen: false, cancellationToken);
            }

            bytes.SkipIfNext([0xEF, 0xBB, 0xBF]);
            return bytes;
        }
        catch (Exception fault) when (IsReadFault(fault))
        {
            throw Unreadable(name, 1, fault);
        }
    }

    public static bool IsReadFault(Exception fault) => fault is IOException or InvalidDataException;

    public static DataFormatException Unreadable(string name, long line, Exception fault) =>
        new(name, line, null, fault is InvalidDataException ? "the gzip data are truncated or damaged" : "cannot be read any further", fault);
}
