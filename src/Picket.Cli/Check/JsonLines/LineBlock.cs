using System.Buffers;

namespace Picket.Cli;

/// <summary>Whole lines in a rented buffer, which goes back to the pool on disposal.</summary>
/// <param name="buffer">Rented from the shared pool.</param>
/// <param name="length">Bytes that count; they end with a line end unless the input ended without one.</param>
/// <param name="firstLine">The number of the first line, counted from one.</param>
internal sealed class LineBlock(byte[] buffer, int length, long firstLine) : IDisposable
{
    private byte[]? _buffer = buffer;

    public int Length => length;

    public long FirstLine => firstLine;

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, length);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } rented)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
