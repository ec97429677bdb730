using System.IO.Pipelines;

namespace Picket.Cli.Tests;

/// <summary>A read-only stream of which a test overrides one method.</summary>
internal abstract class ReadOnlyStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }
}

/// <summary>The same bytes over and over, made as they are read.</summary>
internal sealed class RepeatedStream(byte[] piece, long times) : ReadOnlyStream
{
    private long _read;

    public long BytesRead => Interlocked.Read(ref _read);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int filled = 0;
        while (filled < buffer.Length && _read < piece.Length * times)
        {
            int at = (int)(_read % piece.Length);
            int length = Math.Min(piece.Length - at, buffer.Length - filled);
            piece.AsSpan(at, length).CopyTo(buffer.Span[filled..]);
            filled += length;
            _read += length;
        }

        return new(filled);
    }
}

/// <summary>Gives what a test types, when it types it, and like a terminal does not look at the token of a read.</summary>
internal sealed class TypedStream : ReadOnlyStream
{
    private readonly Pipe _pipe = new();

    public async Task TypeAsync(string text) => await _pipe.Writer.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text));

    public void End() => _pipe.Writer.Complete();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await _pipe.Reader.AsStream().ReadAsync(buffer, CancellationToken.None);
}

/// <summary>A pipe whose reader goes after so many writes.</summary>
internal sealed class ClosedPipe(int writes) : MemoryStream
{
    private const int BrokenPipe = 32;

    public int Writes { get; private set; }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        Writes++ < writes ? base.WriteAsync(buffer, cancellationToken) : throw new IOException("Broken pipe", BrokenPipe);
}

/// <summary>Tells a test of every write.</summary>
internal sealed class WatchedStream : MemoryStream
{
    private readonly System.Threading.Channels.Channel<string> _writes = System.Threading.Channels.Channel.CreateUnbounded<string>();

    public ValueTask<string> NextWriteAsync() => _writes.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _writes.Writer.TryWrite(System.Text.Encoding.UTF8.GetString(buffer.Span));
        return ValueTask.CompletedTask;
    }
}
