using System.Buffers;

namespace Picket.Training.Labelling;

/// <summary>Goes through the lines of a file from its start.</summary>
internal sealed class JournalLines(FileStream file) : IDisposable
{
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(64 << 10);
    private int _next;
    private int _filled;

    /// <summary>Where in the file the last line ended, its line end included; where the file ends, after the last.</summary>
    public long End { get; private set; }

    /// <summary>The next line without its end; false where there is no whole one any more, with what there is of it.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        int length;
        while ((length = _buffer.AsSpan(_next, _filled - _next).IndexOf((byte)'\n')) < 0)
        {
            if (!Fill())
            {
                line = _buffer.AsSpan(_next, _filled - _next);
                End += line.Length;
                return false;
            }
        }

        line = _buffer.AsSpan(_next, length);
        _next += length + 1;
        End += length + 1;
        return true;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    // A line that fills the buffer is none of a journal's.
    private bool Fill()
    {
        _buffer.AsSpan(_next, _filled - _next).CopyTo(_buffer);
        _filled -= _next;
        _next = 0;
        int read = file.Read(_buffer.AsSpan(_filled));
        _filled += read;
        return read > 0;
    }
}
