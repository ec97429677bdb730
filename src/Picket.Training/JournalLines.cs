namespace Picket.Training;

/// <summary>Goes through the lines of a journal from its start, long ones included: a line may hold all that a model wrote.</summary>
internal sealed class JournalLines(FileStream file)
{
    // Far above what any server writes in one answer; a longer line is none of a journal's.
    private const int Longest = 64 << 20;

    private byte[] _buffer = new byte[64 << 10];
    private int _next;
    private int _filled;

    /// <summary>Where in the file the last line began.</summary>
    public long Start { get; private set; }

    /// <summary>Where in the file the last line ended, its line end included.</summary>
    public long End { get; private set; }

    /// <summary>The next line without its end; false where there is no whole one any more, with what there is of it.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        Start = End;
        int searched = 0;
        int length;
        while ((length = _buffer.AsSpan(_next + searched, _filled - _next - searched).IndexOf((byte)'\n')) < 0)
        {
            searched = _filled - _next;
            if (!Fill())
            {
                line = _buffer.AsSpan(_next, _filled - _next);
                return false;
            }
        }

        line = _buffer.AsSpan(_next, searched + length);
        _next += line.Length + 1;
        End += line.Length + 1;
        return true;
    }

    private bool Fill()
    {
        _buffer.AsSpan(_next, _filled - _next).CopyTo(_buffer);
        _filled -= _next;
        _next = 0;
        if (_filled == _buffer.Length)
        {
            if (_filled >= Longest)
            {
                return false;
            }

            Array.Resize(ref _buffer, 2 * _filled);
        }

        int read = file.Read(_buffer.AsSpan(_filled));
        _filled += read;
        return read > 0;
    }
}
