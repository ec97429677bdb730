using System.Text;
using System.Text.Unicode;

namespace Picket.Cli;

/// <summary>Reads one text whole.</summary>
internal static class PlainText
{
    /// <summary>Reads UTF-8, with or without a byte order mark; one line end at the end of the text is not part of it.</summary>
    /// <exception cref="PicketException">The bytes are not UTF-8, or too many.</exception>
    public static async Task<string> ReadAsync(Stream input, string name, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[SizeLimits.Block];
        int read;

        // A read of a terminal or pipe does not look at its token, so it is left behind when the user gives up.
        while ((read = await input.ReadAsync(buffer, cancellationToken).AsTask().WaitAsync(cancellationToken)) > 0)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > SizeLimits.Text)
            {
                throw new PicketException(
                    $"{name}: expected a text of at most {SizeLimits.TextInWords}, found more; --jsonl streams rows of any number");
            }
        }

        return Decode(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), name);
    }

    private static string Decode(ReadOnlySpan<byte> bytes, string name)
    {
        if (!Utf8.IsValid(bytes))
        {
            throw new PicketException($"{name}: expected UTF-8, found an invalid byte at offset {Utf8Faults.FirstInvalidByte(bytes)}");
        }

        if (bytes.StartsWith(Utf8Faults.ByteOrderMark))
        {
            bytes = bytes[3..];
        }

        if (bytes.EndsWith("\n"u8))
        {
            bytes = bytes[..^(bytes.EndsWith("\r\n"u8) ? 2 : 1)];
        }

        return Encoding.UTF8.GetString(bytes);
    }
}
