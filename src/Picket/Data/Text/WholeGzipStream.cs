using System.IO.Compression;

namespace Picket.Data.Text;

/// <summary>
/// Decompresses gzip and throws <see cref="InvalidDataException"/> where the data end too soon, which <see cref="GZipStream"/> takes for
/// their end. It puts a gzip member of its own behind the data: the member comes out whole only if everything before it was whole.
/// </summary>
internal sealed class WholeGzipStream : ReadOnlyStream
{
    private static readonly byte[] EndMark = "picket: end of the gzip data"u8.ToArray();
    private static readonly byte[] EndMember = Compress(EndMark);

    private readonly MarkedStream _source;
    private readonly GZipStream _plain;
    private bool _ended;
    private InvalidDataException? _fault;

    public WholeGzipStream(Stream compressed)
    {
        _source = new MarkedStream(compressed);
        _plain = new GZipStream(_source, CompressionMode.Decompress, leaveOpen: true);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_ended || buffer.IsEmpty)
        {
            return 0;
        }

        try
        {
            return _fault is not null ? throw _fault : await ReadCheckedAsync(buffer, cancellationToken);
        }
        catch (InvalidDataException fault)
        {
            _fault = fault;
            throw;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _plain.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> ReadCheckedAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        // The decompressor asks for the mark only when it has given out all that the real data hold.
        int count = await _plain.ReadAsync(buffer, cancellationToken);
        if (!_source.MarkWasRead)
        {
            return count;
        }

        byte[] tail = new byte[EndMark.Length + 1];
        buffer.Span[..Math.Min(count, tail.Length)].CopyTo(tail);
        int more = count;
        while (more > 0 && count < tail.Length)
        {
            more = await _plain.ReadAsync(tail.AsMemory(count), cancellationToken);
            count += more;
        }

        _ended = count == EndMark.Length && tail.AsSpan(0, count).SequenceEqual(EndMark);
        return _ended ? 0 : throw new InvalidDataException("The gzip data end too soon.");
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return compressed.ToArray();
    }

    private sealed class MarkedStream(Stream source) : ReadOnlyStream
    {
        private bool _sourceEnded;
        private int _given;

        public bool MarkWasRead => _given > 0;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int count = _sourceEnded ? 0 : await source.ReadAsync(buffer, cancellationToken);
            if (count > 0)
            {
                return count;
            }

            _sourceEnded = true;
            count = Math.Min(buffer.Length, EndMember.Length - _given);
            EndMember.AsMemory(_given, count).CopyTo(buffer);
            _given += count;
            return count;
        }
    }
}
