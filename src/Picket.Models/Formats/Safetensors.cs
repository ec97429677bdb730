using System.Buffers.Binary;
using System.Text.Json;

namespace Picket.Models.Formats;

/// <summary>
/// The safetensors container: an unsigned 64-bit header length, a JSON header that gives each tensor's type, shape and byte range, then
/// the data without gaps. Files that are too large to hold are read with <see cref="TensorSource"/>.
/// </summary>
public static class Safetensors
{
    /// <summary>Reads every tensor of a file's content; the tensors' data are views into <paramref name="file"/>, not copies.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <exception cref="PicketException">
    /// The header is damaged, or a tensor's range does not fit its shape, its neighbours or the file, or its type is none of
    /// <see cref="TensorType"/>.
    /// </exception>
    public static IReadOnlyDictionary<string, Tensor> Parse(ReadOnlyMemory<byte> file, string name)
    {
        int length = SafetensorsHeader.Length(file.Span, file.Length, name);
        ReadOnlyMemory<byte> data = file[(SafetensorsHeader.LengthBytes + length)..];
        Dictionary<string, SafetensorsEntry> entries =
            SafetensorsHeader.Parse(file.Span.Slice(SafetensorsHeader.LengthBytes, length), data.Length, name);
        var tensors = new Dictionary<string, Tensor>(entries.Count, StringComparer.Ordinal);
        foreach ((string tensor, SafetensorsEntry entry) in entries)
        {
            TensorInfo info = entry.Info ?? throw UnknownType(name, tensor, entry);
            tensors.Add(tensor, new Tensor(info.Type, entry.Shape, data[(int)entry.Start..(int)entry.End]));
        }

        return tensors;
    }

    /// <summary>Writes <paramref name="tensors"/> in the order given.</summary>
    public static void Write(Stream output, IEnumerable<KeyValuePair<string, Tensor>> tensors) =>
        WriteStreamed(output, [.. tensors.Select(static pair => new StreamedTensor(pair.Key, pair.Value.Type, pair.Value.Shape, [pair.Value.Data]))]);

    /// <summary>Writes tensors in the order given, holding one block of one tensor at a time.</summary>
    /// <param name="output">Neither flushed nor closed. Who wants the file whole or not at all writes under another name and renames.</param>
    /// <param name="tensors">Their blocks are enumerated once, each tensor's after those of the one before it.</param>
    /// <param name="metadata">Texts for the header's <c>__metadata__</c>; Hugging Face's loader wants <c>format</c> = <c>pt</c>.</param>
    /// <exception cref="ArgumentException">Two tensors have one name, or blocks are not as long as type and shape say.</exception>
    public static void WriteStreamed(Stream output, IReadOnlyList<StreamedTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(tensors);
        using MemoryStream header = Header(tensors, metadata);

        // The data start on an 8-byte boundary, as the format's own writer pads them.
        int padding = (int)((8 - (header.Length % 8)) % 8);
        Span<byte> length = stackalloc byte[SafetensorsHeader.LengthBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)(header.Length + padding));
        output.Write(length);
        output.Write(header.GetBuffer().AsSpan(0, (int)header.Length));
        output.Write("       "u8[..padding]);
        foreach (StreamedTensor tensor in tensors)
        {
            long left = tensor.Bytes;
            foreach (ReadOnlyMemory<byte> block in tensor.Blocks)
            {
                left -= block.Length;
                if (left < 0)
                {
                    break;
                }

                output.Write(block.Span);
            }

            if (left != 0)
            {
                throw new ArgumentException(
                    $"Tensor {tensor.Name}: expected blocks of {tensor.Bytes} bytes, found {tensor.Bytes - left}.", nameof(tensors));
            }
        }
    }

    /// <summary>The error for a tensor that is asked for and has a type that Picket does not read.</summary>
    internal static PicketException UnknownType(string file, string tensor, SafetensorsEntry entry) => new(
        $"{file}: tensor {SafetensorsHeader.Shown(tensor)}: expected a type of {string.Join(", ", Enum.GetNames<TensorType>())}, "
        + $"found {SafetensorsHeader.Shown(entry.TypeName)}");

    private static MemoryStream Header(IReadOnlyList<StreamedTensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { "__metadata__" };
        var header = new MemoryStream();
        using var json = new Utf8JsonWriter(header);
        json.WriteStartObject();
        if (metadata is not null)
        {
            json.WriteStartObject("__metadata__");
            foreach ((string key, string value) in metadata)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
        }

        long offset = 0;
        foreach (StreamedTensor tensor in tensors)
        {
            if (!names.Add(tensor.Name))
            {
                throw new ArgumentException($"Tensor {tensor.Name}: the name is taken.", nameof(tensors));
            }

            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype", tensor.Type.ToString());
            json.WriteStartArray("shape");
            foreach (int dimension in tensor.Shape)
            {
                json.WriteNumberValue(dimension);
            }

            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(offset);
            json.WriteNumberValue(offset += tensor.Bytes);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        return header;
    }
}
