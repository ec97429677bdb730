using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Picket.Models.Formats;

/// <summary>
/// The header of a safetensors file: its length as an unsigned 64-bit number, then a JSON object of tensors. One pass over the bytes,
/// without a document tree: a hostile header costs its own length and the entries before the fault, not a multiple of its length.
/// </summary>
internal static class SafetensorsHeader
{
    /// <summary>Bytes of the number before the header.</summary>
    public const int LengthBytes = 8;

    /// <summary>Longest header; the limit of the reference implementation.</summary>
    public const int MaxBytes = 100_000_000;

    /// <summary>Most tensors of a file, about 30 MB of entries. Guards have hundreds, the largest known language models 75,000 in all.</summary>
    public const int MaxTensors = 100_000;

    /// <summary>Most dimensions of a tensor.</summary>
    public const int MaxRank = 16;

    /// <summary>Longest name of a tensor as it stands in the header.</summary>
    public const int MaxNameBytes = 4096;

    /// <summary>The length that the first 8 bytes give, if a file of <paramref name="fileLength"/> bytes can hold such a header.</summary>
    /// <exception cref="PicketException">It cannot.</exception>
    public static int Length(ReadOnlySpan<byte> start, long fileLength, string file)
    {
        if (fileLength < LengthBytes)
        {
            throw new PicketException($"{file}: expected a safetensors file of at least 8 bytes, found {fileLength}");
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        long most = Math.Min(MaxBytes, fileLength - LengthBytes);
        return length <= (ulong)most
            ? (int)length
            : throw new PicketException(
                $"{file}: expected a safetensors header of at most {most} bytes, found one of {length}; another format, or cut short");
    }

    /// <summary>Reads and checks every entry: each range fits its type and shape, and together they cover the data without gap or overlap.</summary>
    /// <param name="json">The header.</param>
    /// <param name="dataLength">Bytes behind the header.</param>
    /// <param name="file">The file's name, for errors.</param>
    /// <returns>The entries by name, in the header's order.</returns>
    /// <exception cref="PicketException">A check failed, or a limit of this class is exceeded.</exception>
    public static Dictionary<string, SafetensorsEntry> Parse(ReadOnlySpan<byte> json, long dataLength, string file)
    {
        if (!Utf8.IsValid(json))
        {
            throw new PicketException($"{file}: the safetensors header is damaged: expected UTF-8, found other bytes");
        }

        var entries = new Dictionary<string, SafetensorsEntry>(StringComparer.Ordinal);
        try
        {
            // Tensors nest three deep; the rest is room for metadata that others add.
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 8 });
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new JsonException();
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = reader.ValueSpan.Length <= MaxNameBytes
                    ? reader.GetString()!
                    : throw new PicketException($"{file}: expected names of at most {MaxNameBytes} bytes, found one of {reader.ValueSpan.Length}");
                reader.Read();
                if (name == "__metadata__")
                {
                    reader.Skip();
                    continue;
                }

                if (entries.Count == MaxTensors)
                {
                    throw new PicketException($"{file}: expected at most {MaxTensors} tensors, found more");
                }

                if (!entries.TryAdd(name, SafetensorsEntryReader.Read(ref reader, dataLength, $"{file}: tensor {Shown(name)}")))
                {
                    throw new PicketException($"{file}: tensor {Shown(name)}: expected one of this name, found two");
                }
            }

            // Whatever follows the object is a fault that the reader itself raises.
            reader.Read();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new PicketException($"{file}: the safetensors header is damaged: expected a JSON object of tensors", fault);
        }

        RequireNoGaps(entries, dataLength, file);
        return entries;
    }

    /// <summary>A text of the header as one short line, whatever is in it.</summary>
    public static string Shown(string text) => JavaScriptEncoder.Default.Encode(text.Length <= 100 ? text : text[..100]);

    private static void RequireNoGaps(Dictionary<string, SafetensorsEntry> entries, long length, string file)
    {
        long position = 0;
        foreach ((string name, SafetensorsEntry entry) in entries.OrderBy(static pair => pair.Value.Start).ThenBy(static pair => pair.Value.End))
        {
            if (entry.Start != position)
            {
                throw new PicketException(
                    $"{file}: tensor {Shown(name)}: expected to start at byte {position}, where the one before it ends, found {entry.Start}");
            }

            position = entry.End;
        }

        if (position != length)
        {
            throw new PicketException($"{file}: expected {position} bytes of data, as the header describes, found {length}");
        }
    }
}
