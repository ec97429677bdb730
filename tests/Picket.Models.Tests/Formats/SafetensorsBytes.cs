using System.Buffers.Binary;
using System.Text;

namespace Picket.Models.Tests.Formats;

/// <summary>Safetensors files made by hand, sound or not.</summary>
internal static class SafetensorsBytes
{
    /// <summary>A file with this header and so many zero bytes behind it.</summary>
    public static byte[] File(string header, int dataLength = 0) => File(Encoding.UTF8.GetBytes(header), new byte[dataLength]);

    public static byte[] File(byte[] header, byte[] data)
    {
        byte[] length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        return [.. length, .. header, .. data];
    }

    /// <summary>A header of entries such as <c>Entry</c> gives.</summary>
    public static string Header(params IEnumerable<string> entries) => $"{{{string.Join(",", entries)}}}";

    public static string Entry(string name, string type, string shape, string offsets) =>
        $"\"{name}\":{{\"dtype\":\"{type}\",\"shape\":{shape},\"data_offsets\":{offsets}}}";
}
