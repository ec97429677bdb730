using System.Buffers.Binary;
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
        ulong headerLength = file.Length < 8 ? ulong.MaxValue : BinaryPrimitives.ReadUInt64LittleEndian(file.Span);
        if (headerLength > MaxHeaderBytes || headerLength > (ulong)(file.Length - 8))
        {
            throw new PicketException($"{name}: not a safetensors file, or cut short: the header does not fit in {file.Length} bytes");
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
                tensors.Add(entry.Name, tensor);
                ranges.Add((start, start + tensor.Data.Length, entry.Name));
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            throw new PicketException($"{name}: the safetensors header is damaged", fault);
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
        string type = entry.Value.GetProperty("dtype").GetString() ?? "";
        if (!Enum.TryParse(type, out TensorType parsed) || parsed.ToString() != type)
        {
            throw new PicketException($"{file}: tensor {entry.Name} has type {type}; expected one of {string.Join(", ", Enum.GetNames<TensorType>())}");
        }

        int[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(static d => d.GetInt32())];
        Int128 bytes = shape.Aggregate((Int128)Tensor.ElementSize(parsed), static (product, dimension) => product * dimension);
        JsonElement offsets = entry.Value.GetProperty("data_offsets");
        long start = offsets[0].GetInt64();
        long end = offsets[1].GetInt64();
        if (shape.Any(static d => d < 0) || start < 0 || end < start || end > data.Length || bytes != end - start)
        {
            throw new PicketException($"{file}: tensor {entry.Name}: bytes {start} to {end} of {data.Length} do not hold its shape of {bytes} bytes");
        }

        return (new Tensor(parsed, shape, data[(int)start..(int)end]), start);
    }

    private static void RequireNoGaps(List<(long Start, long End, string Name)> ranges, long length, string file)
    {
        long position = 0;
        foreach ((long start, long end, string name) in ranges.OrderBy(static range => range.Start).ThenBy(static range => range.End))
        {
            if (start != position)
            {
                throw new PicketException($"{file}: tensor {name} starts at byte {start}; expected {position}, where the one before it ends");
            }

            position = end;
        }

        if (position != length)
        {
            throw new PicketException($"{file}: holds {length} bytes of data; the header describes {position}");
        }
    }
}
