namespace Picket.Server.Tests;

/// <summary>Bytes that come in random pieces of at most <paramref name="longest"/>.</summary>
internal sealed class PiecesStream(byte[] bytes, int longest, Random random) : MemoryStream(bytes)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(buffer.Length, random.Next(1, longest + 1))], cancellationToken);
}
