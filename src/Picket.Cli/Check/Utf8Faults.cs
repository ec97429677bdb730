using System.Buffers;
using System.Text;

namespace Picket.Cli;

/// <summary>Says where bytes stop being UTF-8.</summary>
internal static class Utf8Faults
{
    public static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The offset of the first byte that belongs to no character.</summary>
    public static int FirstInvalidByte(ReadOnlySpan<byte> bytes)
    {
        int offset = 0;
        while (offset < bytes.Length && Rune.DecodeFromUtf8(bytes[offset..], out _, out int length) == OperationStatus.Done)
        {
            offset += length;
        }

        return offset;
    }
}
