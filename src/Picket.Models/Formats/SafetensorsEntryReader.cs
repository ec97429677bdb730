using System.Text.Json;

namespace Picket.Models.Formats;

/// <summary>Reads one tensor's object of a safetensors header: <c>dtype</c>, <c>shape</c> and <c>data_offsets</c>, in any order.</summary>
internal static class SafetensorsEntryReader
{
    /// <summary>Reads the value that <paramref name="reader"/> stands on.</summary>
    /// <param name="reader">Left on the end of the object.</param>
    /// <param name="dataLength">Bytes behind the header.</param>
    /// <param name="tensor">File and tensor, for errors.</param>
    public static SafetensorsEntry Read(ref Utf8JsonReader reader, long dataLength, string tensor)
    {
        string? type = null;
        int[]? shape = null;
        long[]? offsets = null;
        Require(reader.TokenType == JsonTokenType.StartObject, tensor);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("dtype"u8))
            {
                reader.Read();
                Require(type is null && reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= 100, tensor);
                type = reader.GetString();
            }
            else if (reader.ValueTextEquals("shape"u8))
            {
                long[] dimensions = Numbers(ref reader, SafetensorsHeader.MaxRank, tensor);
                Require(shape is null && dimensions.All(static dimension => dimension is >= int.MinValue and <= int.MaxValue), tensor);
                shape = Array.ConvertAll(dimensions, static dimension => (int)dimension);
            }
            else if (reader.ValueTextEquals("data_offsets"u8))
            {
                Require(offsets is null, tensor);
                offsets = Numbers(ref reader, 3, tensor);
            }
            else
            {
                reader.Skip();
            }
        }

        Require(type is not null && shape is not null && offsets is not null, tensor);
        return Checked(type!, shape!, offsets!, dataLength, tensor);
    }

    private static SafetensorsEntry Checked(string type, int[] shape, long[] offsets, long dataLength, string tensor)
    {
        bool inside = offsets is [>= 0, _] && offsets[0] <= offsets[1] && offsets[1] <= dataLength && Array.TrueForAll(shape, static d => d >= 0);
        if (Bytes(type, shape, tensor) is not { } bytes)
        {
            // A later type: where its data lie can be checked, how long they are cannot.
            return inside
                ? new SafetensorsEntry(type, shape, offsets[0], offsets[1])
                : throw new PicketException($"{tensor}: expected a range in {dataLength} bytes of data, found [{string.Join(", ", offsets)}]");
        }

        return inside && offsets[1] - offsets[0] == bytes
            ? new SafetensorsEntry(type, shape, offsets[0], offsets[1])
            : throw new PicketException(
                $"{tensor}: expected a range of {bytes} bytes for {type} [{string.Join(", ", shape)}] in {dataLength} bytes of data, "
                + $"found [{string.Join(", ", offsets)}]");
    }

    /// <summary>What a tensor takes, types of less than a byte rounded up; <see langword="null"/> for a type whose size is not known.</summary>
    private static long? Bytes(string type, int[] shape, string tensor)
    {
        int bits = SafetensorsEntry.Bits(type);
        try
        {
            // A dimension of 0 must not hide that the others overflow: the writer of such a file is up to something.
            Int128 product = shape.Where(static d => d != 0).Aggregate((Int128)bits, static (product, d) => checked(product * d));
            long bytes = checked((long)((product + 7) / 8));
            return bits == 0 ? null : shape.Contains(0) ? 0 : bytes;
        }
        catch (OverflowException fault)
        {
            throw new PicketException($"{tensor}: expected a shape that fits in the file, found one of more than 2^63 bytes", fault);
        }
    }

    private static long[] Numbers(ref Utf8JsonReader reader, int most, string tensor)
    {
        reader.Read();
        Require(reader.TokenType == JsonTokenType.StartArray, tensor);
        var numbers = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Require(reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long _) && numbers.Count < most, tensor);
            numbers.Add(reader.GetInt64());
        }

        return [.. numbers];
    }

    private static void Require(bool condition, string tensor)
    {
        if (!condition)
        {
            throw new PicketException(
                $"{tensor}: expected dtype (text), shape (at most {SafetensorsHeader.MaxRank} whole numbers below 2^31) and data_offsets "
                + "(two whole numbers), each once, found something else");
        }
    }
}
