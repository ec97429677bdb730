namespace Picket.Data.Text;

/// <summary>A stream of which the first bytes can be looked at before they are read.</summary>
internal sealed class PeekedStream : ReadOnlyStream
{
    private readonly Stream _rest;
    private readonly bool _leaveOpen;
    private ReadOnlyMemory<byte> _peeked;

    private PeekedStream(ReadOnlyMemory<byte> peeked, Stream rest, bool leaveOpen)
    {
        _peeked = peeked;
        _rest = rest;
        _leaveOpen = leaveOpen;
    }

    /// <summary>The first bytes that are not read yet.</summary>
    public ReadOnlySpan<byte> Peeked => _peeked.Span;

    /// <summary>Whether the peeked bytes were all that the stream holds.</summary>
    public bool IsWhole { get; private init; }

    public static async ValueTask<PeekedStream> CreateAsync(
        Stream stream, int count, bool leaveOpen, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[count];
        (int filled, bool isWhole) = await ReadUntilFaultAsync(stream, buffer, cancellationToken);
        return new PeekedStream(buffer.AsMemory(0, filled), stream, leaveOpen) { IsWhole = isWhole };
    }

    public bool StartsWith(ReadOnlySpan<byte> bytes) => _peeked.Span.StartsWith(bytes);

    public void SkipIfNext(ReadOnlySpan<byte> bytes) => _peeked = StartsWith(bytes) ? _peeked[bytes.Length..] : _peeked;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_peeked.IsEmpty)
        {
            return _rest.ReadAsync(buffer, cancellationToken);
        }

        int count = Math.Min(buffer.Length, _peeked.Length);
        _peeked[..count].CopyTo(buffer);
        _peeked = _peeked[count..];
        return new ValueTask<int>(count);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_leaveOpen)
        {
            _rest.Dispose();
        }

        base.Dispose(disposing);
    }

    // Rows before a truncation that happens to lie in the peeked part are still read: the fault comes again when the rest is read.
    private static async ValueTask<(int Filled, bool IsWhole)> ReadUntilFaultAsync(
        Stream stream, byte[] buffer, CancellationToken cancellationToken)
    {
        int filled = 0;
        try
        {
            int count;
            do
            {
                count = await stream.ReadAsync(buffer.AsMemory(filled), cancellationToken);
                filled += count;
            }
            while (count > 0 && filled < buffer.Length);
        }
        catch (InvalidDataException) when (filled > 0)
        {
            return (filled, false);
        }

        return (filled, filled < buffer.Length);
    }
}
