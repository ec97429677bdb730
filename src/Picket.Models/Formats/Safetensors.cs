using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Picket.Models.Formats;

/// <summary>
/// The safetensors container: an unsigned 64-bit header length, a JSON header that gives each tensor's type, shape and byte range, then
/// the data without gaps.
/// </summary>
public static class Safetensors
{
    private const int MaxHeaderBytes = 100_000_000;

    /// <summary>Reads every tensor of a file's content; the tensors' data are views into <paramref name="file"/>, not copies.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <exception cref="PicketException">The header is damaged, or a tensor's range does not fit its shape, its neighbours or the file.</exception>
    public static IReadOnlyDictionary<string, Tensor> Parse(ReadOnlyMemory<byte> file, string name)
    {
        if (file.Length < 8)
        {
            throw new PicketException($"{name}: expected a safetensors file of at least 8 bytes, found {file.Length}");
        }

        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(file.Span);
        int most = Math.Min(MaxHeaderBytes, file.Length - 8);
        if (headerLength > (ulong)most)
        {
            throw new PicketException(
                $"{name}: expected a safetensors header of at most {most} bytes, found one of {headerLength}; another format, or cut short");
        }

        ReadOnlyMemory<byte> data = file[(8 + (int)headerLength)..];
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        var ranges = new List<(long Start, long End, string Name)>();
        try
        {
            using var header = JsonDocument.Parse(file.Slice(8, (int)headerLength));
            foreach (JsonProperty entry in header.RootElement.EnumerateObject())
            {
                if (entry.Name == "__metadata__")
                {
                    continue;
                }

                (Tensor tensor, long start) = ParseTensor(entry, data, name);
                if (!tensors.TryAdd(entry.Name, tensor))
                {
                    throw new PicketException($"{name}: tensor {Shown(entry.Name)}: expected one of this name, found two");
                }

                ranges.Add((start, start + tensor.Data.Length, entry.Name));
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new PicketException($"{name}: the safetensors header is damaged: expected a JSON object of tensors", fault);
        }

        RequireNoGaps(ranges, data.Length, name);
        return tensors;
    }

    /// <summary>Writes <paramref name="tensors"/> in the order given.</summary>
    public static void Write(Stream output, IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        List<KeyValuePair<string, Tensor>> list = [.. tensors];
        using var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header))
        {
            json.WriteStartObject();
            long offset = 0;
            foreach ((string name, Tensor tensor) in list)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", tensor.Type.ToString());
                json.WriteStartArray("shape");
                foreach (int dimension in tensor.Shape)
                {
                    json.WriteNumberValue(dimension);
                }

                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += tensor.Data.Length);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // The data start on an 8-byte boundary, as the format's own writer pads them.
        int padding = (int)((8 - (header.Length % 8)) % 8);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)(header.Length + padding));
        output.Write(length);
        output.Write(header.GetBuffer().AsSpan(0, (int)header.Length));
        output.Write("       "u8[..padding]);
        foreach ((_, Tensor tensor) in list)
        {
            output.Write(tensor.Data.Span);
        }
    }

    private static (Tensor Tensor, long Start) ParseTensor(JsonProperty entry, ReadOnlyMemory<byte> data, string file)
    {
        string tensor = $"{file}: tensor {Shown(entry.Name)}";
        try
        {
            string type = entry.Value.GetProperty("dtype").GetString() ?? "";
            if (!Enum.TryParse(type, out TensorType parsed) || parsed.ToString() != type)
            {
                throw new PicketException($"{tensor}: expected a type of {string.Join(", ", Enum.GetNames<TensorType>())}, found {Shown(type)}");
            }

            int[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(static dimension => dimension.GetInt32())];
            long bytes = shape.Aggregate((long)Tensor.ElementSize(parsed), static (product, dimension) => checked(product * dimension));
            long[] offsets = [.. entry.Value.GetProperty("data_offsets").EnumerateArray().Select(static offset => offset.GetInt64())];
            return offsets is [>= 0 and long start, long end] && start <= end && end <= data.Length && end - start == bytes
                && shape.All(static dimension => dimension >= 0)
                ? (new Tensor(parsed, shape, data[(int)start..(int)end]), start)
                : throw new PicketException(
                    $"{tensor}: expected a range of {bytes} bytes for {type} [{string.Join(", ", shape)}] in {data.Length} bytes of data, "
                    + $"found [{string.Join(", ", offsets)}]");
        }
        catch (OverflowException fault)
        {
            throw new PicketException($"{tensor}: expected a shape that fits in the file, found one of more than 2^63 bytes", fault);
        }
        catch (Exception fault) when (fault is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new PicketException($"{tensor}: expected dtype (text), shape and data_offsets (whole numbers), found something else", fault);
        }
    }

    private static void RequireNoGaps(List<(long Start, long End, string Name)> ranges, long length, string file)
    {
        long position = 0;
        foreach ((long start, long end, string name) in ranges.OrderBy(static range => range.Start).ThenBy(static range => range.End))
        {
            if (start != position)
            {
                throw new PicketException(
                    $"{file}: tensor {Shown(name)}: expected to start at byte {position}, where the one before it ends, found {start}");
            }

            position = end;
        }

        if (position != length)
        {
            throw new PicketException($"{file}: expected {position} bytes of data, as the header describes, found {length}");
        }
    }

    /// <summary>A text of the header as one short line, whatever is in it.</summary>
    private static string Shown(string text) => JavaScriptEncoder.Default.Encode(text.Length <= 100 ? text : text[..100]);
}
